== nfe-fd-made-d-generate: fd-made against NFE on d. Mean of 3 seeds, with the lowest and the highest; 16 samples, float32, cpu, 2 thread(s). NFE as counted by the host.
# Drawn by Dfx. To draw it again, in this folder:
# gnuplot -e "set terminal pdfcairo size 7.271in,2.729in font 'sans,9' fontscale 0.74 linewidth 1.6 pointscale 1; set output 'nfe-fd-made-d-generate.pdf'" nfe-fd-made-d-generate.gp
reset
set encoding utf8
set datafile separator ','
set multiplot
set border 3 lw 0.8 lc rgb '#333333'
set tics nomirror out scale 0.6,0.3 noenhanced
set grid xtics ytics lt 1 lc rgb '#e4e4e4' lw 0.6
unset key
set lmargin at screen 0.10888
set rmargin at screen 0.40974
set bmargin at screen 0.20611
set tmargin at screen 0.85496
set title 'ddim' noenhanced offset 0,-0.5
set logscale x
set xrange [4.53644:38.5765]
set xtics ('5' 5, '35' 35, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 1, '' 20 1, '' 30 1)
set logscale y
set yrange [27.2705:289.133]
set ytics ('30' 30, '50' 50, '70' 70, '100' 100, '200' 200, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '' 100 1, '' 200 1)
set xlabel 'NFE (evaluations an image)' noenhanced offset 0,0.3
set ylabel 'fd-made (lower is better)' noenhanced offset 0.5,0
plot 'nfe-fd-made-d-generate.csv' index 1 using 1:3:4 with filledcurves lc rgb '#0072B2' fs transparent solid 0.15 noborder notitle, \
  'nfe-fd-made-d-generate.csv' index 1 using 1:2 with linespoints lc rgb '#0072B2' dt 1 lw 1.5 pt 7 ps 0.7 notitle, \
  'nfe-fd-made-d-generate.csv' index 2 using 1:3:4 with filledcurves lc rgb '#D55E00' fs transparent solid 0.15 noborder notitle, \
  'nfe-fd-made-d-generate.csv' index 2 using 1:2 with linespoints lc rgb '#D55E00' dt 1 lw 1.5 pt 5 ps 0.7 notitle
set lmargin at screen 0.47564
set rmargin at screen 0.7765
set bmargin at screen 0.20611
set tmargin at screen 0.85496
set title 'heun' noenhanced offset 0,-0.5
set logscale x
set xrange [4.53644:38.5765]
set xtics ('5' 5, '35' 35, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 1, '' 20 1, '' 30 1)
set logscale y
set yrange [27.2705:289.133]
set ytics ('30' 30, '50' 50, '70' 70, '100' 100, '200' 200, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '' 100 1, '' 200 1)
set xlabel 'NFE (evaluations an image)' noenhanced offset 0,0.3
set ylabel '' noenhanced offset 0.5,0
plot 'nfe-fd-made-d-generate.csv' index 3 using 1:3:4 with filledcurves lc rgb '#0072B2' fs transparent solid 0.15 noborder notitle, \
  'nfe-fd-made-d-generate.csv' index 3 using 1:2 with linespoints lc rgb '#0072B2' dt 1 lw 1.5 pt 7 ps 0.7 notitle, \
  'nfe-fd-made-d-generate.csv' index 4 using 1:3:4 with filledcurves lc rgb '#D55E00' fs transparent solid 0.15 noborder notitle, \
  'nfe-fd-made-d-generate.csv' index 4 using 1:2 with linespoints lc rgb '#D55E00' dt 1 lw 1.5 pt 5 ps 0.7 notitle
unset title; unset xlabel; unset ylabel; unset border; unset tics; unset grid; unset logscale; unset arrow
set xrange [0:1]; set yrange [0:1]
set key at screen 0.79771,0.85496 left top Left reverse samplen 2 spacing 1.1 maxrows 2
plot NaN with linespoints lc rgb '#0072B2' dt 1 lw 1.5 pt 7 ps 0.7 title 'dsm-edm' noenhanced, \
  NaN with linespoints lc rgb '#D55E00' dt 1 lw 1.5 pt 5 ps 0.7 title 'stf-edm-512' noenhanced
unset multiplot

== training-fd-made-d-generate: fd-made against training time on d. Mean of 3 seeds, with the lowest and the highest; 16 samples, float32, cpu, 2 thread(s); NFE 35. One point a checkpoint; times are the means over the seeds.
# Drawn by Dfx. To draw it again, in this folder:
# gnuplot -e "set terminal pdfcairo size 7.271in,2.729in font 'sans,9' fontscale 0.74 linewidth 1.6 pointscale 1; set output 'training-fd-made-d-generate.pdf'" training-fd-made-d-generate.gp
reset
set encoding utf8
set datafile separator ','
set multiplot
set border 3 lw 0.8 lc rgb '#333333'
set tics nomirror out scale 0.6,0.3 noenhanced
set grid xtics ytics lt 1 lc rgb '#e4e4e4' lw 0.6
unset key
set lmargin at screen 0.10888
set rmargin at screen 0.40974
set bmargin at screen 0.20611
set tmargin at screen 0.85496
set title 'ddim' noenhanced offset 0,-0.5
unset logscale x
set xrange [586.388:1265.36]
set xtics ('600' 600, '800' 800, '1000' 1000, '1200' 1200)
unset logscale y
set yrange [29.0585:57.6931]
set ytics ('30' 30, '40' 40, '50' 50)
set xlabel 'training time (s)' noenhanced offset 0,0.3
set ylabel 'fd-made (lower is better)' noenhanced offset 0.5,0
plot 'training-fd-made-d-generate.csv' index 1 using 1:3:4 with filledcurves lc rgb '#0072B2' fs transparent solid 0.15 noborder notitle, \
  'training-fd-made-d-generate.csv' index 1 using 1:2 with linespoints lc rgb '#0072B2' dt 1 lw 1.5 pt 7 ps 0.7 notitle, \
  'training-fd-made-d-generate.csv' index 2 using 1:3:4 with filledcurves lc rgb '#D55E00' fs transparent solid 0.15 noborder notitle, \
  'training-fd-made-d-generate.csv' index 2 using 1:2 with linespoints lc rgb '#D55E00' dt 1 lw 1.5 pt 5 ps 0.7 notitle
set lmargin at screen 0.47564
set rmargin at screen 0.7765
set bmargin at screen 0.20611
set tmargin at screen 0.85496
set title 'heun' noenhanced offset 0,-0.5
unset logscale x
set xrange [586.388:1265.36]
set xtics ('600' 600, '800' 800, '1000' 1000, '1200' 1200)
unset logscale y
set yrange [29.0585:57.6931]
set ytics ('30' 30, '40' 40, '50' 50)
set xlabel 'training time (s)' noenhanced offset 0,0.3
set ylabel '' noenhanced offset 0.5,0
plot 'training-fd-made-d-generate.csv' index 3 using 1:3:4 with filledcurves lc rgb '#0072B2' fs transparent solid 0.15 noborder notitle, \
  'training-fd-made-d-generate.csv' index 3 using 1:2 with linespoints lc rgb '#0072B2' dt 1 lw 1.5 pt 7 ps 0.7 notitle, \
  'training-fd-made-d-generate.csv' index 4 using 1:3:4 with filledcurves lc rgb '#D55E00' fs transparent solid 0.15 noborder notitle, \
  'training-fd-made-d-generate.csv' index 4 using 1:2 with linespoints lc rgb '#D55E00' dt 1 lw 1.5 pt 5 ps 0.7 notitle
unset title; unset xlabel; unset ylabel; unset border; unset tics; unset grid; unset logscale; unset arrow
set xrange [0:1]; set yrange [0:1]
set key at screen 0.79771,0.85496 left top Left reverse samplen 2 spacing 1.1 maxrows 2
plot NaN with linespoints lc rgb '#0072B2' dt 1 lw 1.5 pt 7 ps 0.7 title 'dsm-edm' noenhanced, \
  NaN with linespoints lc rgb '#D55E00' dt 1 lw 1.5 pt 5 ps 0.7 title 'stf-edm-512' noenhanced
unset multiplot

== bars-fd-made-d-generate: fd-made of each method on d. Mean of 3 seeds, with the lowest and the highest; 16 samples, float32, cpu, 2 thread(s); NFE 35.
# Drawn by Dfx. To draw it again, in this folder:
# gnuplot -e "set terminal pdfcairo size 5.792in,1.688in font 'sans,9' fontscale 0.74 linewidth 1.6 pointscale 1; set output 'bars-fd-made-d-generate.pdf'" bars-fd-made-d-generate.gp
reset
set encoding utf8
set datafile separator ','
set multiplot
set border 3 lw 0.8 lc rgb '#333333'
set tics nomirror out scale 0.6,0.3 noenhanced
set grid xtics ytics lt 1 lc rgb '#e4e4e4' lw 0.6
unset key
set lmargin at screen 0.17842
set rmargin at screen 0.55612
set bmargin at screen 0.33333
set tmargin at screen 0.76543
set title 'ddim' noenhanced offset 0,-0.5
unset logscale x
set xrange [0:58.3605]
set xtics ('0' 0, '20' 20, '40' 40)
set yrange [1.6:-0.6]
set ytics ('dsm-edm' 0, 'stf-edm-512' 1) scale 0
set xlabel 'fd-made (lower is better)' noenhanced offset 0,0.3
set ylabel '' noenhanced offset 0.5,0
plot 'bars-fd-made-d-generate.csv' index 1 using 1:2:(0):1:($2-0.32):($2+0.32) with boxxyerror lc rgb '#0072B2' fs solid 0.75 noborder notitle, \
  'bars-fd-made-d-generate.csv' index 1 using 1:2:3:4 with xerrorbars lc rgb '#000000' lw 1 pt 7 ps 0 notitle, \
  'bars-fd-made-d-generate.csv' index 2 using 1:2:(0):1:($2-0.32):($2+0.32) with boxxyerror lc rgb '#D55E00' fs solid 0.75 noborder notitle, \
  'bars-fd-made-d-generate.csv' index 2 using 1:2:3:4 with xerrorbars lc rgb '#000000' lw 1 pt 7 ps 0 notitle
set lmargin at screen 0.59568
set rmargin at screen 0.97338
set bmargin at screen 0.33333
set tmargin at screen 0.76543
set title 'heun' noenhanced offset 0,-0.5
unset logscale x
set xrange [0:58.3605]
set xtics ('0' 0, '20' 20, '40' 40)
set yrange [1.6:-0.6]
set ytics ('' 0, '' 1) scale 0
set xlabel 'fd-made (lower is better)' noenhanced offset 0,0.3
set ylabel '' noenhanced offset 0.5,0
plot 'bars-fd-made-d-generate.csv' index 3 using 1:2:(0):1:($2-0.32):($2+0.32) with boxxyerror lc rgb '#0072B2' fs solid 0.75 noborder notitle, \
  'bars-fd-made-d-generate.csv' index 3 using 1:2:3:4 with xerrorbars lc rgb '#000000' lw 1 pt 7 ps 0 notitle, \
  'bars-fd-made-d-generate.csv' index 4 using 1:2:(0):1:($2-0.32):($2+0.32) with boxxyerror lc rgb '#D55E00' fs solid 0.75 noborder notitle, \
  'bars-fd-made-d-generate.csv' index 4 using 1:2:3:4 with xerrorbars lc rgb '#000000' lw 1 pt 7 ps 0 notitle
unset multiplot

== variance-value: variance: value. The table of the analysis, 4 rows.
# Drawn by Dfx. To draw it again, in this folder:
# gnuplot -e "set terminal pdfcairo size 5.25in,3.188in font 'sans,9' fontscale 0.74 linewidth 1.6 pointscale 1; set output 'variance-value.pdf'" variance-value.gp
reset
set encoding utf8
set datafile separator ','
set multiplot
set border 3 lw 0.8 lc rgb '#333333'
set tics nomirror out scale 0.6,0.3 noenhanced
set grid xtics ytics lt 1 lc rgb '#e4e4e4' lw 0.6
unset key
set lmargin at screen 0.15079
set rmargin at screen 0.80556
set bmargin at screen 0.17647
set tmargin at screen 0.96078
set title '' noenhanced offset 0,-0.5
set logscale x
set xrange [0.00778387:1.92706]
set xtics ('0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1, '' 0.008 1, '' 0.009 1, '' 0.01 1, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 1, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 1)
set logscale y
set yrange [0.10818:2.59984]
set ytics ('0.2' 0.2, '0.5' 0.5, '1' 1, '2' 2, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 1, '' 2 1)
set xlabel 'sigma' noenhanced offset 0,0.3
set ylabel 'value' noenhanced offset 0.5,0
plot 'variance-value.csv' index 1 using 1:2 with linespoints lc rgb '#0072B2' dt 1 lw 1.5 pt 7 ps 0.7 notitle, \
  'variance-value.csv' index 2 using 1:2 with linespoints lc rgb '#D55E00' dt 1 lw 1.5 pt 5 ps 0.7 notitle
unset title; unset xlabel; unset ylabel; unset border; unset tics; unset grid; unset logscale; unset arrow
set xrange [0:1]; set yrange [0:1]
set key at screen 0.83413,0.96078 left top Left reverse samplen 2 spacing 1.1 maxrows 2
plot NaN with linespoints lc rgb '#0072B2' dt 1 lw 1.5 pt 7 ps 0.7 title 'n 1' noenhanced, \
  NaN with linespoints lc rgb '#D55E00' dt 1 lw 1.5 pt 5 ps 0.7 title 'n 8' noenhanced
unset multiplot

== claims: The papers' claims. Effects in the direction of the claim; right of the line supports it. Whiskers are intervals over seeds.
# Drawn by Dfx. To draw it again, in this folder:
# gnuplot -e "set terminal pdfcairo size 5.417in,1.417in font 'sans,9' fontscale 0.74 linewidth 1.6 pointscale 1; set output 'claims.pdf'" claims.gp
reset
set encoding utf8
set datafile separator ','
set multiplot
set border 3 lw 0.8 lc rgb '#333333'
set tics nomirror out scale 0.6,0.3 noenhanced
set grid xtics ytics lt 1 lc rgb '#e4e4e4' lw 0.6
unset key
set lmargin at screen 0.08
set rmargin at screen 0.71462
set bmargin at screen 0.39706
set tmargin at screen 0.91176
set title '' noenhanced offset 0,-0.5
unset logscale x
set xrange [-1.306:20.6272]
set xtics ('0' 0, '5' 5, '10' 10, '15' 15, '20' 20)
set yrange [1.6:-0.6]
set ytics ('stf' 0, 'nfe' 1) scale 0
set xlabel 'effect / half width of its 95 % interval' noenhanced offset 0,0.3
set ylabel '' noenhanced offset 0.5,0
set arrow 1 from first 0, graph 0 to first 0, graph 1 nohead lc rgb '#333333' lw 1 back
plot 'claims.csv' index 1 using 1:2:3:4 with xerrorbars lc rgb '#009E73' lw 1.5 ps 0 notitle, \
  'claims.csv' index 1 using 1:2 with points lc rgb '#009E73' pt 7 ps 0.7 notitle, \
  'claims.csv' index 2 using 1:2:3:4 with xerrorbars lc rgb '#7F7F7F' lw 1.5 ps 0 notitle, \
  'claims.csv' index 2 using 1:2 with points lc rgb '#7F7F7F' pt 9 ps 0.7 notitle
unset title; unset xlabel; unset ylabel; unset border; unset tics; unset grid; unset logscale; unset arrow
set xrange [0:1]; set yrange [0:1]
set key at screen 0.74231,0.91176 left top Left reverse samplen 2 spacing 1.1 maxrows 2
plot NaN with points lc rgb '#009E73' pt 7 ps 0.7 title 'reproduced' noenhanced, \
  NaN with points lc rgb '#7F7F7F' pt 9 ps 0.7 title 'undecided' noenhanced
unset multiplot

