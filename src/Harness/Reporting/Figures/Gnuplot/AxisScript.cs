namespace Dfx.Harness.Reporting.Figures.Gnuplot;

/// <summary>The commands of an axis.</summary>
internal static class AxisScript
{
    private const double MostDecades = 4;

    /// <summary>Range, scale and ticks of a numeric axis.</summary>
    /// <param name="letter">x or y.</param>
    /// <param name="axis">The axis.</param>
    internal static IEnumerable<string> Numeric(char letter, Axis axis)
    {
        yield return axis.IsLog ? $"set logscale {letter}" : $"unset logscale {letter}";
        yield return $"set {letter}range [{FigureText.Exact(axis.Min)}:{FigureText.Exact(axis.Max)}]";
        yield return $"set {letter}tics ({string.Join(", ", axis.Ticks.Select(Numbered).Concat(Minor(axis)))})";
    }

    /// <summary>The names of rows, the first at the top.</summary>
    internal static IEnumerable<string> Rows(Figure figure, bool named)
    {
        var names = figure.Categories.Select((name, i) => FormattableString.Invariant($"{Words.Quote(named ? Layout.Fitting(name) : "")} {i}"));
        yield return $"set yrange [{FigureText.Exact(figure.Y.Max)}:{FigureText.Exact(figure.Y.Min)}]";
        yield return $"set ytics ({string.Join(", ", names)}) scale 0";
    }

    private static string Numbered(double tick) => $"'{Words.Tick(tick)}' {FigureText.Exact(tick)}";

    /// <summary>Small ticks of a logarithmic axis, without numbers.</summary>
    private static IEnumerable<string> Minor(Axis axis) => !axis.IsLog || Math.Log10(axis.Max / axis.Min) > MostDecades
        ? []
        : Enumerable.Range((int)Math.Floor(Math.Log10(axis.Min)), (int)MostDecades + 2)
            .SelectMany(power => Enumerable.Range(1, 9).Select(digit => digit * Math.Pow(10, power)))
            .Where(tick => tick > axis.Min && tick < axis.Max)
            .Select(tick => $"'' {FigureText.Short(tick)} 1");
}
