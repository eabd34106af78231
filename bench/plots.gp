# SPDX-License-Identifier: GPL-2.0
# The plots of `make bench`, from the tables that it writes beside them.

set terminal svg size 1500,640 enhanced background 'white' font 'sans-serif,15'
set datafile separator tab
set style data histogram
set style histogram clustered gap 1.5
set style fill solid border rgb 'white'
set boxwidth 0.95
set xtics rotate by -40 left scale 0 noenhanced
set grid ytics linecolor rgb '#cccccc'
set border 3
set tics nomirror
set key outside top center horizontal samplen 1.5 maxrows 1
set yrange [0:*]
set bmargin 9
set rmargin 8

# one colour an arm; dark is not secure
stock = '#555555'
a = '#999999'
b = '#e69f00'
c = '#d55e00'
d = '#0072b2'

dir = 'build/report/'

set output dir.'bench-instructions.svg'
set title 'Guest instructions per I/O, as a multiple of arm A (the same kernel, not secure)'
set ylabel 'times arm A'
plot dir.'bench-instructions.tsv' using 2:xtic(1) title 'stock, not secure' linecolor rgb stock, \
	'' using 3 title 'A: not secure' linecolor rgb a, \
	'' using 4 title 'B: secure, flag' linecolor rgb b, \
	'' using 5 title 'C: secure, no flag, plain bouncing' linecolor rgb c, \
	'' using 6 title 'D: secure, no flag, all patches' linecolor rgb d

set output dir.'bench-copied.svg'
set title 'Bytes copied into and out of shared pages, per byte of payload'
set ylabel 'bytes per byte'
plot dir.'bench-copied.tsv' using 4:xtic(1) title 'B: secure, flag' linecolor rgb b, \
	'' using 5 title 'C: secure, no flag, plain bouncing' linecolor rgb c, \
	'' using 6 title 'D: secure, no flag, all patches' linecolor rgb d

set output dir.'bench-fleet.svg'
set title '10,000 guests: instructions a second that bouncing adds'
set xlabel 'I/Os of 4 KiB a second and guest, 70 % of them reads'
set ylabel 'instructions a second, more than not secure'
set logscale xy
set autoscale y
set format x '10^{%L}'
set format y '10^{%L}'
set xtics norotate autojustify
set xtics scale 1 enhanced
set grid xtics ytics
set bmargin 5
set key inside top left vertical Left reverse maxrows 4
set style data linespoints
plot dir.'bench-fleet.tsv' using 1:4 title 'B: secure, flag' linecolor rgb b linewidth 2 pointtype 7, \
	'' using 1:5 title 'C: secure, no flag, plain bouncing' linecolor rgb c linewidth 2 pointtype 5, \
	'' using 1:6 title 'D: secure, no flag, all patches' linecolor rgb d linewidth 2 pointtype 9
