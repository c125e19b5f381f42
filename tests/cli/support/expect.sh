# What a script found against what it wants; `bad` is 1 once something was wrong.
bad=0
expect() { # what, found, wanted
	[ "$2" = "$3" ] || {
		echo "$1: found $2, want $3"
		bad=1
	}
}
