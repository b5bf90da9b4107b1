namespace Dfx.Harness.Reporting.Figures;

/// <summary>A figure as numbers and words: what ScottPlot and Vega-Lite draw from.</summary>
internal sealed record Figure
{
    /// <summary>The name of its files, from <see cref="FileNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The metric that it shows against NFE; null for other figures.</summary>
    public string? Metric { get; init; }

    /// <summary>The dataset, task, protocol and setting that it is of, where it shows a metric against NFE.</summary>
    public string? Place { get; init; }

    public required string Title { get; init; }

    /// <summary>What stands behind the numbers: seeds, samples, what the bands are.</summary>
    public required string Caption { get; init; }

    public required Mark Mark { get; init; }

    public required Axis X { get; init; }

    /// <summary>For bars and intervals, the axis of the categories: row i is at i.</summary>
    public required Axis Y { get; init; }

    /// <summary>The names of the rows of bars and intervals, from the top down; empty for lines.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Small multiples over the same axes, at least one.</summary>
    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>The series of all panels, each once, in the order of the legend.</summary>
    internal IReadOnlyList<Series> Legend => [.. Panels.SelectMany(panel => panel.Series).DistinctBy(series => series.Name)];

    internal bool IsHorizontal => Mark != Mark.Line;
}

/// <summary>What is drawn.</summary>
internal enum Mark
{
    /// <summary>Lines with points over a numeric axis; intervals are bands.</summary>
    Line,

    /// <summary>Horizontal bars from 0, one a category; intervals are whiskers.</summary>
    Bar,

    /// <summary>Points with whiskers, one a category.</summary>
    Interval,
}

/// <summary>One of the small multiples.</summary>
/// <param name="Title">What its series share; empty if there is one panel alone.</param>
/// <param name="Series">What it shows.</param>
internal sealed record Panel(string Title, IReadOnlyList<Series> Series);

/// <summary>Points that belong together.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Style">How it looks, in every panel and figure.</param>
/// <param name="Points">Its points; for lines in the order of x.</param>
internal sealed record Series(string Name, Style Style, IReadOnlyList<DataPoint> Points);

/// <summary>A point.</summary>
/// <param name="X">Its place, or for bars and intervals its value.</param>
/// <param name="Y">Its value, or for bars and intervals the index of its category.</param>
/// <param name="Low">The lower end of the value's interval; null if there is none.</param>
/// <param name="High">The upper end.</param>
/// <param name="Seeds">How many seeds were measured; 0 if that has no meaning.</param>
internal sealed record DataPoint(double X, double Y, double? Low = null, double? High = null, int Seeds = 0);
