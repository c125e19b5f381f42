#!/usr/bin/env bash
# Writes the ledger of tests/ledger/version1: make.sh DUALBASIS LEDGER FOLDER-OF-1099
#
# ledger.db was written with it by the last program whose schema ended with 0001.sql.
# tests/cli/older_ledger.sh runs it with today's and asks both for the same figures.
set -euo pipefail
dualbasis=$1
export DUALBASIS_LEDGER=$2
cd "$3"

"$dualbasis" init
"$dualbasis" record grant --id G1 --kind iso --symbol QLL --date 2019-01-02 --shares 1000 --strike 1.00
"$dualbasis" record exercise --symbol QLL --grant-date 2019-01-02 --date 2022-03-01 --shares 800 --strike 1.00 --fmv 31.00 --lot A
"$dualbasis" record purchase --symbol QLL --date 2023-06-01 --shares 100 --price 70 --lot B
"$dualbasis" record split --symbol QLL --date 2023-08-01 --shares 2 --per 1
"$dualbasis" record sale --symbol QLL --date 2024-06-03 --shares 600 --price 20.00 --lot A
"$dualbasis" fact 2022 status=single wages=200000
"$dualbasis" fact 2023 status=single wages=210000
"$dualbasis" fact 2024 status=single wages=220000
"$dualbasis" fact 2024 wages=221000 --replace "corrected W-2"
"$dualbasis" import *.csv
"$dualbasis" record purchase --symbol QLL --date 2024-07-01 --shares 5 --price 9
"$dualbasis" undo --reason "a slip"
"$dualbasis" lock 2022 --reason "filed"
