/*
 * graph.h: the checked and expanded graph of one tax year. Internal to forms/.
 *
 * A graph is an array of nodes in evaluation order: every argument of a node has a smaller
 * index. Functions, `sum(La .. Lb)`, books, years and `by book` are expanded; equal expressions
 * are one node; only what some line or refusal needs is there. A single walk from 0 to
 * count - 1 evaluates a return, a column of returns, or the bounds; a walk down from a line's
 * node explains it or writes its spreadsheet formula.
 *
 * Every value is a fraction whose denominator is known before anything is evaluated:
 *     value = number / den       (amounts in cents, rates and counts plain, conditions 0 or 1)
 * `number` is an integer, so a formula is exact. The one rounding is in OP_LINE (and in
 * OP_ROUND and OP_FLOOR where the law asks for it): a line of kind amount has den 1.
 *
 * Nothing can overflow: leaves are bounded (GRAPH_LEAF_LIMIT and GRAPH_PRIOR_LIMIT, refused
 * beyond), `least` and `most` bound every node's number by interval arithmetic, and the graph
 * is refused if one of them, or an intermediate product named below, leaves GRAPH_NUMBER_LIMIT.
 * Only a line marked `checked` could pass GRAPH_LINE_LIMIT; it is compared when evaluated.
 */
#ifndef DUALBASIS_FORMS_ENGINE_GRAPH_H
#define DUALBASIS_FORMS_ENGINE_GRAPH_H

#include "forms/law.h"
#include "ledger/base/money.h"

/* Inputs, entered lines and ledger figures, in cents. */
#define GRAPH_LEAF_LIMIT MONEY_LIMIT_CENTS
/* Inputs of kind count: 0 to this. */
#define GRAPH_COUNT_LIMIT 1000000
/* Lines of last year. */
#define GRAPH_PRIOR_LIMIT INT64_C(10000000000000000)
/* Amount lines: what is beyond is refused, never wrapped. */
#define GRAPH_LINE_LIMIT   INT64_C(1000000000000000000)
#define GRAPH_NUMBER_LIMIT ((int128)1 << 120)

enum graph_kind { KIND_AMOUNT, KIND_RATE, KIND_COUNT, KIND_CONDITION };

/*
 * In the arithmetic below a, b, c are the arguments' numbers; `^` means brought to the node's
 * den (times den / argument's den, always a whole number). Comparisons bring both sides to the
 * node's `common` denominator. A condition's number is 0 or 1 and its den 1.
 */
enum graph_op {
	/* Leaves */
	OP_NUMBER,    /* constant[any]; also a condition that is always or never true */
	OP_PARAMETER, /* constant[status], of last year's status if `prior` */
	OP_UNKNOWN, /* a parameter without a row for the year: whatever needs it is refused */
	OP_INPUT,  /* the entered amount (cents) or count; 0 if not entered */
	OP_LEDGER, /* a figure of lots in a book */
	OP_PRIOR_LINE, /* a line of last year's graph; 0 if blank or if there is no last year */
	/* Leaves that are conditions */
	OP_STATUS_IS, /* the status (or last year's) is in the mask `statuses` */
	OP_CHOICE_IS, /* the choice of an input is in the mask `choices` */
	OP_YES,       /* a yes_no input is yes */
	OP_GIVEN,     /* an input was entered */
	OP_HAS_PRIOR, /* there is a return of last year */
	OP_SCHEDULE,  /* the rate schedule was asked for in place of the Tax Table */
	/* Arithmetic */
	OP_ADD,      /* a^ + b^ */
	OP_SUBTRACT, /* a^ - b^ */
	OP_NEGATE,   /* -a */
	OP_MULTIPLY, /* a * b; den is the product of both */
	/*
	 * a * constant[status]: b is OP_NUMBER or OP_PARAMETER, and constant holds its reciprocal
	 * over den / a's den (of last year's status if b is `prior`).
	 */
	OP_DIVIDE,
	OP_SUM, /* all arguments^ together */
	OP_MAX, /* the largest of all^ */
	OP_MIN, /* the smallest of all^ */
	OP_ABS, /* |a| */
	/*
	 * constant[0] * divide_half_away(a, constant[0] * a's den): the nearest multiple of
	 * constant[0] cents (units of a count); OP_FLOOR: the largest multiple not above a. Den 1.
	 */
	OP_ROUND,
	OP_FLOOR,
	OP_IF,   /* a ? b^ : c^ */
	OP_ELSE, /* OP_HAS_PRIOR ? a^ : b^ */
	OP_CALL, /* a: the body of a function; the other arguments are only for printing */
	/* Conditions */
	OP_LESS,
	OP_LESS_EQUAL,
	OP_MORE,
	OP_MORE_EQUAL,
	OP_EQUAL,
	OP_NOT_EQUAL,
	OP_AND, /* all arguments; nothing in a graph can fail, so there is no order */
	OP_OR,
	OP_NOT,
	OP_FILLED, /* a is an OP_LINE: whether it is filled in */
	/*
	 * A line: a is its formula, b (if there are two) its `when`. Filled in if it was entered
	 * or `when` holds. Entered: the entered amount as it is. Else not filled: 0. Else an amount
	 * is rounded, u * divide_half_away(a, u * a's den), u = 1 with cents, 100 in whole dollars;
	 * a rate or count is a^, exact. The number of every reference to the line.
	 */
	OP_LINE,
};
#define GRAPH_OPS (OP_LINE + 1)

struct graph_node {
	enum graph_op op;
	enum graph_kind kind;
	int64_t den;        /* > 0 */
	int128 least, most; /* of number, with the limits above */
	const uint32_t *arg;
	uint32_t args;
	bool prior;   /* OP_PARAMETER, OP_UNKNOWN, OP_STATUS_IS: of last year */
	bool checked; /* OP_LINE: compare with GRAPH_LINE_LIMIT */
	union {
		/* OP_NUMBER, OP_PARAMETER, OP_DIVIDE, OP_ROUND, OP_FLOOR */
		int64_t constant[STATUSES];
		/* OP_LESS to OP_NOT_EQUAL: the denominator that both sides are brought to */
		int64_t common;
		/* OP_INPUT, OP_CHOICE_IS, OP_YES, OP_GIVEN: index of law_input(); bit i of
		   choices is choice i */
		struct {
			uint32_t index, choices;
		} input;
		struct {
			enum ledger_figure figure;
			enum book book;
		} ledger;
		uint32_t statuses; /* OP_STATUS_IS: bit i is status i */
		/* OP_LINE: index of graph.line; OP_PRIOR_LINE: of last year's graph.line */
		uint32_t line;
	} is;
	const struct parameter_row *row; /* OP_PARAMETER: where its numbers come from */
	const char *name; /* OP_PARAMETER, OP_UNKNOWN, OP_CALL: as written */
};

/* One row of a parameter's table that holds in a year. */
struct parameter_row {
	const char *parameter; /* "amt_exemption" */
	const char *what;      /* "AMT exemption before its phase-out" */
	const char *source;
	bool is_rate, by_status, draft;
	const char *text[STATUSES]; /* as written: "26%", "70300" */
};

/* One copy of a form, with its lines in printed order: line[first] to line[first + count - 1]. */
struct graph_form {
	const char *id;           /* "schedule_d@amt" */
	const char *name, *title; /* "Schedule D (Form 1040)" */
	const char *draft;        /* or NULL */
	enum book book;
	bool per_book;
	uint32_t first, count;
};

struct graph_line {
	uint32_t node; /* its OP_LINE */
	uint32_t form;
	struct line_words words;
};

struct graph_refusal {
	uint32_t condition; /* node */
	const char *id, *what, *hint;
};

struct graph {
	int year;
	const struct law *law;
	const struct graph *prior; /* last year's graph, or NULL before LAW_FIRST_YEAR */
	const struct graph_node *node; /* in evaluation order */
	uint32_t count;
	uint32_t unknowns; /* how many nodes are OP_UNKNOWN: most graphs have none */
	const struct graph_line *line; /* line_ref.number is an index here */
	uint32_t lines;
	const struct line_ref *ref; /* one a line: { 0 }, { 1 }, ... */
	const struct graph_form *form;
	uint32_t forms;
	const struct graph_refusal *refusal; /* tested in this order */
	uint32_t refusals;
	/*
	 * Last year's status is that of last year's return; without one, the choice of this input
	 * where it was given and names a status, else this year's status. UINT32_MAX: no such input.
	 */
	uint32_t prior_status_input;
};

/* The graph of a year, made when first asked for and kept in the law; fails on an error in the
 * definitions (file, row and column are filled in) or a year outside LAW_FIRST_YEAR to
 * LAW_LAST_YEAR. */
bool law_graph(
	const struct law *, int year, const struct graph **, struct fail *) MUST_USE;

/*
 * The bounds of every node if inputs, entered lines and ledger figures stay within leaf_limit and
 * last year's lines within prior_limit (neither above the limits above); without entered_lines,
 * if no line is entered by hand. What an evaluator in narrower numbers builds on. Both arrays
 * have graph.count entries. A line that could pass GRAPH_LINE_LIMIT is cut to it.
 */
void graph_bounds(const struct graph *, int64_t leaf_limit, int64_t prior_limit,
	bool entered_lines, int128 *least, int128 *most);

#endif
