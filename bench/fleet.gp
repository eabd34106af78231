# SPDX-License-Identifier: GPL-2.0
# What many guests cost, from what an I/O costs in one: Documentation/fleet.md. An I/O
# is one of 4 KiB on a disk, at depth 1, seven reads to three writes. plots.gp loads this.

of(load, column) = real(system(sprintf("awk '$1 == \"instructions\" && $2 == \"%s\" { print $%d }' %sbench.tsv", \
	load, column, dir)))
each(column) = 0.7 * of('blk-4k-randread-1', column) + 0.3 * of('blk-4k-randwrite-1', column)
guests = 10000.0
b_adds = guests * (each(5) - each(4))
c_adds = guests * (each(6) - each(4))
d_adds = guests * (each(7) - each(4))

set output dir.'bench-fleet.svg'
set title '10,000 guests: instructions a second that bouncing adds'
set xlabel 'I/Os of 4 KiB a second and guest, 70 % of them reads'
set ylabel 'instructions a second, more than not secure'
set logscale xy
set xrange [10:100000]
set autoscale y
set format x '10^{%L}'
set format y '10^{%L}'
set xtics norotate autojustify
set xtics scale 1 enhanced
set grid xtics ytics linetype 1 linecolor rgb '#cccccc'
set bmargin 5
set key inside top left vertical Left reverse maxrows 4
set samples 5
set style data linespoints
plot b_adds * x with linespoints title 'B: secure, flag' linecolor rgb b linewidth 2 pointtype 7, \
	c_adds * x with linespoints title 'C: secure, no flag, plain bouncing' linecolor rgb c linewidth 2 pointtype 5, \
	d_adds * x with linespoints title 'D: secure, no flag, all patches' linecolor rgb d linewidth 2 pointtype 9
