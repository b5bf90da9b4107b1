namespace Dfx.Harness.Reporting.Figures.Gnuplot;

/// <summary>A figure as a gnuplot script, which draws on whatever terminal is set.</summary>
internal static class FigureScript
{
    internal static string Render(Figure figure)
    {
        var layout = Layout.Of(figure);
        IEnumerable<string> lines =
        [
            .. Terminals.Heading(figure.Name, layout.Width, layout.Height),
            "reset",
            "set encoding utf8",
            "set datafile separator ','",
            "set multiplot",
            "set border 3 lw 0.8 lc rgb '#333333'",
            "set tics nomirror out scale 0.6,0.3 noenhanced",
            "set grid xtics ytics lt 1 lc rgb '#e4e4e4' lw 0.6",
            "unset key",
            .. figure.Panels.SelectMany((panel, i) => Panel(figure, layout, panel, i)),
            .. Legend(figure, layout),
            "unset multiplot",
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Panel(Figure figure, Layout layout, Panel panel, int index)
    {
        var first = index % layout.Columns == 0;
        var last = index + layout.Columns >= figure.Panels.Count;
        return
        [
            .. Margins(layout, layout.Panel(index)),
            $"set title {Words.Quote(panel.Title)} noenhanced offset 0,-0.5",
            .. AxisScript.Numeric('x', figure.X),
            .. figure.IsHorizontal ? AxisScript.Rows(figure, first) : AxisScript.Numeric('y', figure.Y),
            $"set xlabel {Words.Quote(last ? figure.X.Title : "")} noenhanced offset 0,0.3",
            $"set ylabel {Words.Quote(first ? figure.Y.Title : "")} noenhanced offset 0.5,0",
            .. Reference(figure),
            $"plot {string.Join(", \\\n  ", Series(figure, index))}",
        ];
    }

    private static IEnumerable<string> Series(Figure figure, int panel)
    {
        var before = 1 + figure.Panels.Take(panel).Sum(p => p.Series.Count);
        return figure.Panels[panel].Series.SelectMany((series, i) =>
            SeriesScript.Of(figure.Mark, series, FormattableString.Invariant($"'{figure.Name}.csv' index {before + i}")));
    }

    private static IEnumerable<string> Margins(Layout layout, (double Left, double Right, double Bottom, double Top) panel) =>
    [
        $"set lmargin at screen {Words.Part(panel.Left, layout.Width)}",
        $"set rmargin at screen {Words.Part(panel.Right, layout.Width)}",
        $"set bmargin at screen {Words.Part(panel.Bottom, layout.Height)}",
        $"set tmargin at screen {Words.Part(panel.Top, layout.Height)}",
    ];

    private static IEnumerable<string> Reference(Figure figure) => figure.X.Reference is { } place
        ? [$"set arrow 1 from first {FigureText.Exact(place)}, graph 0 to first {FigureText.Exact(place)}, graph 1 nohead lc rgb '#333333' lw 1 back"]
        : [];

    /// <summary>The legend is a plot of its own, right of the data.</summary>
    private static IEnumerable<string> Legend(Figure figure, Layout layout)
    {
        if (layout.LegendWidth == 0)
        {
            return [];
        }

        var samples = figure.Legend.Select(series => $"NaN {SeriesScript.Sample(figure.Mark, series)} title {Words.Quote(Layout.Fitting(series.Name))} noenhanced");
        return
        [
            "unset title; unset xlabel; unset ylabel; unset border; unset tics; unset grid; unset logscale; unset arrow",
            "set xrange [0:1]; set yrange [0:1]",
            $"set key at screen {Words.Part(layout.LegendX, layout.Width)},{Words.Part(layout.LegendY, layout.Height)} left top Left reverse samplen 2 spacing 1.1 maxrows {figure.Legend.Count}",
            $"plot {string.Join(", \\\n  ", samples)}",
        ];
    }
}
