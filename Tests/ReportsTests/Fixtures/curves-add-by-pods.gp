reset session
set encoding utf8
set terminal pngcairo noenhanced truecolor font 'DejaVu Sans,10' fontscale 1.9 size 1600,986 background rgb '#ffffff'
set output
set multiplot
unset key
set border 3 lc rgb '#5f5f5f' lw 1.5
set tics nomirror out scale 0.6 textcolor rgb '#222222' font ',9.0'
set grid ytics lc rgb '#e2e2e2' lw 1.5 lt 1
set bars 0.6
set style textbox opaque noborder fillcolor rgb '#ffffff' margins 0.2,0.2
set label "Add by pods" at screen 0.01750,0.95538 left font 'DejaVu Sans Bold,13.0' textcolor rgb '#222222'
set label "Points: median of n = 2 trials\073 bands: 95 \045 bootstrap interval\073 gaps: no value\073 diamonds: crossovers with their 95 \045 interval." at screen 0.01750,0.91075 left font 'DejaVu Sans,9.0' textcolor rgb '#5f5f5f'
set label "Lower is better." at screen 0.01750,0.88032 left font 'DejaVu Sans,9.0' textcolor rgb '#5f5f5f'
set arrow from screen 0.01750,0.84178 to screen 0.04000,0.84178 nohead lc rgb '#0072b2' lw 5 dt 1
set label '' at screen 0.02750,0.84178 point pt 7 ps 1.6 lc rgb '#0072b2'
set label "bridge" at screen 0.04500,0.84178 left font 'DejaVu Sans,10.0' textcolor rgb '#222222'
set arrow from screen 0.11616,0.84178 to screen 0.13866,0.84178 nohead lc rgb '#d55e00' lw 5 dt 1
set label '' at screen 0.12616,0.84178 point pt 7 ps 1.6 lc rgb '#d55e00'
set label "floor\174" at screen 0.14366,0.84178 left font 'DejaVu Sans,10.0' textcolor rgb '#222222'
set label "floor\174 \302\267 pods 10: 2 of 2 trials failed." at screen 0.01750,0.06085 left font 'DejaVu Sans,8.0' textcolor rgb '#5f5f5f'
set label "Run curves, 2026-11-24, r2." at screen 0.01750,0.03043 left font 'DejaVu Sans,8.0' textcolor rgb '#5f5f5f'
set lmargin at screen 0.11500
set rmargin at screen 0.96000
set tmargin at screen 0.75051
set bmargin at screen 0.19473
set label "curves" at screen 0.11500,0.77688 left font 'DejaVu Sans Bold,10.0' textcolor rgb '#222222'
set logscale x 10
set xrange [0.831763771102671:120.2264434617413]
set xtics ("1" 1.0, "10" 10.0, "100" 100.0) scale 0
set xlabel "pods (log scale)" offset 0,0.2 font ',10.0' textcolor rgb '#222222'
set yrange [0.0:48.72]
set ylabel "ms" offset character 1.2,0 font ',10.0' textcolor rgb '#222222'
$points0 << EOD
1.0 10.499999999999998
10.0 20.5
100.0 41.0
EOD
$band0n0 << EOD
1.0 10.0 11.0
10.0 20.0 21.0
100.0 40.0 42.0
EOD
$line0n0 << EOD
1.0 10.499999999999998
10.0 20.5
100.0 41.0
EOD
$points1 << EOD
1.0 20.5
100.0 20.999999999999996
EOD
$band1n0 << EOD
1.0 20.0 21.0
EOD
$band1n1 << EOD
100.0 20.0 22.0
EOD
set label "4.64" at first 4.641588833612779,20.666666666666668 center offset character 0,1.1 font ',9.0' textcolor rgb '#222222' front boxed
$crossings << EOD
4.641588833612779 20.666666666666668 4.010279139495208 5.411695265464637
EOD
plot $band0n0 using 1:2:3 with filledcurves fillstyle transparent solid 0.2 noborder lc rgb '#0072b2', $band1n0 using 1:2:(0):($3-$2) with vectors heads size screen 0.003,90 lw 2.5 lc rgb '#d55e00', $band1n1 using 1:2:(0):($3-$2) with vectors heads size screen 0.003,90 lw 2.5 lc rgb '#d55e00', $line0n0 using 1:2 with lines lw 4 dt 1 lc rgb '#0072b2', $points0 using 1:2 with points pt 7 ps 2.1 lc rgb '#ffffff', $points0 using 1:2 with points pt 7 ps 1.5 lc rgb '#0072b2', $points1 using 1:2 with points pt 7 ps 2.1 lc rgb '#ffffff', $points1 using 1:2 with points pt 7 ps 1.5 lc rgb '#d55e00', $crossings using 3:2:($4-$3):(0) with vectors heads size screen 0.003,90 lw 2.5 lc rgb '#222222', $crossings using 1:2 with points pt 13 ps 2.6 lc rgb '#222222', $crossings using 1:2 with points pt 13 ps 1.5 lc rgb '#ffffff'
unset label
unset object
unset arrow
unset xlabel
unset ylabel
unset logscale
set xtics auto
set ytics auto
unset multiplot
unset output
