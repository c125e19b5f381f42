/* The front door: reads the words, runs the verb, says what went wrong. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/call.h"

int main(int argc, char **argv)
{
	struct pool pool = { 0 };
	struct call call = { .pool = &pool };
	struct fail why = { 0 };
	bool done = call_parse(&call, argc, argv, &why) && call.command->run(&call, &why);

	/* A full disk behind a pipe is a failure too: figures may not be cut off in silence. */
	if (done && (fflush(stdout) != 0 || ferror(stdout))) {
		done = fail_set(&why, FAIL_SYSTEM, "the answer could not be written: %s",
			strerror(errno));
		call.json = false; /* there is nowhere left to answer in JSON */
	}
	int code = call.findings ? FAIL_FINDINGS : 0;

	if (!done) {
		print_failure(&call, &why);
		code = fail_exit_code(why.kind);
	}
	free(call.given);
	pool_release(&pool);
	return code;
}
