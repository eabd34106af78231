# Numbers the hunks of the second patch, which come with none: the lines are counted;
# git am looks near the place of the same hunk of that file in the first patch.

function flush()
{
	if (counting)
		printf "@@ -%d,%d +%d,%d @@%s\n%s", old ? near : 0, old, new ? near : 0,
			new, of, lines
	counting = old = new = 0
	lines = ""
}

/^diff --git / { flush(); file = $0; hunk = 0 }
/^@@/ && NR == FNR { place[file, ++hunk] = substr($3, 2) + 0; next }
NR == FNR { next }
/^@@/ {
	flush()
	counting = 1
	of = substr($0, 3)
	if ((file, ++hunk) in place)
		near = place[file, hunk]
	# line 1 would mean: there and nowhere else
	if (near < 2)
		near = 2
	next
}
counting { lines = lines $0 "\n"; old += /^[- ]/; new += /^[+ ]/; next }
{ print }
END { flush() }
