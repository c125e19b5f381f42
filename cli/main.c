/* The front door. */
#include <stdio.h>

int main(void)
{
	puts("dualbasis " DUALBASIS_VERSION);
	return 0;
}
