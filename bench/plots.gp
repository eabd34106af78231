# SPDX-License-Identifier: GPL-2.0
# The plots of `make bench`, from the table that it writes beside them: counter, load, and
# the columns 3 to 8, of the arms stock, A, B, C, D and E.

set terminal svg size 1500,640 enhanced background 'white' font 'sans-serif,15'
set datafile separator tab
set style data histogram
set style histogram clustered gap 1.5
set style fill solid border rgb 'white'
set boxwidth 0.95
set xtics rotate by -40 left scale 0 noenhanced
set grid ytics linetype 1 linecolor rgb '#cccccc'
set border 3
set tics nomirror
set key outside top center horizontal Left reverse samplen 1.5 maxrows 2
set yrange [0:*]
set bmargin 9
set rmargin 8

# one colour an arm; dark is not secure
stock = '#555555'
a = '#999999'
b = '#e69f00'
c = '#d55e00'
d = '#0072b2'
e = '#56b4e9'

dir = 'build/report/'
rows(counter, but) = "< awk '$1 == \"".counter."\" && $2 !~ /^(boot|known-".but.")/' ".dir."bench.tsv"

set output dir.'bench-instructions.svg'
set title 'Guest instructions per I/O, as a multiple of arm A (the same kernel, not secure)'
set ylabel 'times arm A'
# a map alone is next to nothing in arm A: its ratio would dwarf all others
instructions = rows('instructions', '|map-')
plot instructions using ($3/$4):xtic(2) title 'stock, not secure' linecolor rgb stock, \
	'' using ($4/$4) title 'A: not secure' linecolor rgb a, \
	'' using ($5/$4) title 'B: secure, flag' linecolor rgb b, \
	'' using ($6/$4) title 'C: secure, no flag, plain bouncing' linecolor rgb c, \
	'' using ($7/$4) title 'D: secure, no flag, all patches' linecolor rgb d, \
	'' using ($8/$4) title 'E: secure, flag, all patches' linecolor rgb e

set output dir.'bench-copied.svg'
set title 'Bytes copied into and out of shared pages, per byte of payload'
set ylabel 'bytes per byte'
plot rows('copied_per_byte', '') using 5:xtic(2) title 'B: secure, flag' linecolor rgb b, \
	'' using 6 title 'C: secure, no flag, plain bouncing' linecolor rgb c, \
	'' using 7 title 'D: secure, no flag, all patches' linecolor rgb d, \
	'' using 8 title 'E: secure, flag, all patches' linecolor rgb e

load 'bench/fleet.gp'
