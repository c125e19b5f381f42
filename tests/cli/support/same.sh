# What a script found, of several lines too; `failed` is 1 once something was wrong.
failed=0
same() { # what, wanted, found
	[ "$2" = "$3" ] || {
		echo "FAILED: $1: wanted"
		echo "$2"
		echo "found"
		echo "$3"
		failed=1
	}
}
