using System.Text;
using System.Text.RegularExpressions;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Figures.Pictures;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>What pictures show: colours at the places of the data, texts that are whole and apart.</summary>
public sealed partial class PictureTests
{
    private const string Blue = "#0072B2";
    private const string Green = "#009E73";
    private const string Long = "a method of eighty characters, as they are made by options: eta 0.5, batch 4096 (v2)";

    private static IEnumerable<TestCaseData> Crowded()
    {
        yield return new TestCaseData(Line(20, 1, 4, i => $"{i} {Long}")).SetName("Twenty_long_names");
        yield return new TestCaseData(Line(6, 5, 8, i => $"{i} {Long}", "another-sampler-of-a-long-name-with-all-its-options", "metric-of-an-extractor-with-a-long-name (lower is better)")).SetName("Five_panels");
        yield return new TestCaseData(Line(2, 4, 3, i => $"m{i}")).SetName("Four_panels");
        yield return new TestCaseData(Line(1, 1, 1, i => $"m{i}")).SetName("One_point");
        yield return new TestCaseData(Line(3, 1, 2, i => new string('W', 80) + i)).SetName("Words_without_a_break");
        yield return new TestCaseData(Bars(24, i => $"{i} {Long}")).SetName("Bars");
        yield return new TestCaseData(Claims()).SetName("Claims");
    }

    [TestCaseSource(nameof(Crowded))]
    public void Texts_are_whole_and_apart(object made)
    {
        var figure = (Figure)made;
        var level = Drawn.Texts(figure).Where(text => !text.IsTurned && text.Text.Length > 0).ToList();
        var overlaps = level.SelectMany((a, i) => level.Skip(i + 1).Where(b => Math.Abs(a.Y - b.Y) < 11 && a.Left < b.Right + 6 && b.Left < a.Right + 6).Select(b => $"{a.Text} | {b.Text}"));
        var all = string.Concat(Drawn.Texts(figure).Select(text => text.Text)).Replace(" ", "", StringComparison.Ordinal);
        var names = figure.IsHorizontal ? figure.Categories : figure.Panels[0].Series.Count > 1 ? [.. figure.Legend.Select(series => series.Name)] : [];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(overlaps, Is.Empty);
            Assert.That(names.Where(name => !all.Contains(name.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal)), Is.Empty, "names that are not there");
            Assert.That(Drawn.HasMargin(Drawn.Pixels(figure)), "something is cut off");
        }
    }

    /// <summary>The lower left and the upper right end of the axes' frame are where ticks of known values are, so places follow by hand.</summary>
    [Test]
    public void A_point_is_where_its_values_are_on_logarithmic_axes()
    {
        var figure = Line([new(10, 100)], log: true) with { X = new("x", true, 1, 100, [1, 100]), Y = new("y", true, 1, 10000, [1, 10000]) };
        var points = Drawn.Of(Drawn.Pixels(figure), Blue);
        var texts = Drawn.Texts(figure);
        var (left, right) = (texts.First(t => t.Text == "1"), texts.First(t => t.Text == "100"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(points.Average(p => p.X), Is.EqualTo((Middle(left) + Middle(right)) / 2).Within(0.6));
            Assert.That(points.Average(p => p.Y), Is.EqualTo((texts.Where(t => t.Text == "1").Min(t => t.Y) + texts.First(t => t.Text == "10000").Y) / 2 - 4.4).Within(0.6));
            Assert.That(points.Max(p => p.X) - points.Min(p => p.X), Is.InRange(4, 8), "nothing but the point has the colour");
        }
    }

    [Test]
    public void Minor_ticks_stand_at_every_digit()
    {
        var figure = Line([new(1, 1), new(90, 90)], log: true) with { X = new("x", true, 1, 100, [1, 10, 100]) };
        var ticks = Frame(Drawn.Of(Drawn.Pixels(figure), "#333333"));
        var expected = ((double[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]).Select(tick => Math.Log10(tick) / 2 * 330).ToList();
        Assert.That(ticks, Has.Count.EqualTo(expected.Count));
        Assert.That(ticks.Zip(expected, (a, b) => Math.Abs(a - ticks[0] - b)).Max(), Is.LessThan(0.6));
    }

    [Test]
    public void The_legend_is_right_of_the_data()
    {
        var figure = Line(2, 1, 4, i => $"m{i}");
        var (image, texts) = (Drawn.Pixels(figure), Drawn.Texts(figure));
        var frame = Drawn.Of(image, "#333333");
        foreach (var series in figure.Legend)
        {
            var name = texts.Single(text => text.Text == series.Name);
            var sample = Drawn.Of(image, series.Style.Color).Where(p => p.X > frame.Max(f => f.X)).ToList();
            Assert.That(name.Left, Is.GreaterThan(frame.Max(f => f.X)));
            Assert.That(sample, Is.Not.Empty);
            Assert.That(sample.Average(p => p.Y), Is.EqualTo(name.Y - 4.4).Within(1.5), "beside its name");
        }
    }

    [Test]
    public void A_band_goes_from_the_lowest_to_the_highest()
    {
        var figure = Line([new(1, 5, 0, 10), new(2, 5, 0, 10)]) with { X = new("", false, 0, 3, []), Y = new("", false, 0, 20, []) };
        var (image, band) = (Drawn.Pixels(figure), "#D9EAF3");
        var pixels = Drawn.Of(image, band);
        Assert.That(pixels.Max(p => p.Y) - pixels.Min(p => p.Y), Is.EqualTo(120).Within(1), "half of 240 pixels");
        Assert.That(pixels.Max(p => p.X) - pixels.Min(p => p.X), Is.EqualTo(110).Within(1), "a third of 330");
    }

    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    [TestCase(double.NaN)]
    public void What_is_infinite_hides_nothing(double value)
    {
        var sound = Line([new(1, 5), new(2, 6)]);
        var more = Line([new(1, 5), new(1.5, value), new(2, 6)]);
        var intervals = Line([new(1, 5, value, value), new(2, 6, value, 7)]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Bytes(more with { X = sound.X, Y = sound.Y }), Is.EqualTo(Bytes(sound)));
            Assert.That(more.Y, Is.EqualTo(sound.Y with { Ticks = more.Y.Ticks }));
            Assert.That(Drawn.Of(Drawn.Pixels(intervals), Blue), Is.Not.Empty);
            Assert.That(Dfx.Harness.Reporting.Figures.Vega.VegaLite.Text(intervals), Is.Not.Empty);
        }
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void What_has_no_place_on_a_logarithmic_axis_hides_nothing(double value)
    {
        var sound = Line([new(1, 5), new(2, 600)], log: true);
        Assert.That(Bytes(Line([new(1, 5), new(1.5, value), new(2, 600)], log: true) with { X = sound.X, Y = sound.Y }), Is.EqualTo(Bytes(sound)));
        Assert.That(Drawn.Of(Drawn.Pixels(Line([new(1, 5, value, 50), new(2, 600, value, 900)], log: true) with { X = sound.X, Y = sound.Y }), Blue), Is.Not.Empty);
    }

    [Test]
    public void Whiskers_and_the_line_of_no_effect_are_there()
    {
        var image = Drawn.Pixels(Claims());
        var green = Drawn.Of(image, Green);
        Assert.That(green.Max(p => p.X) - green.Min(p => p.X), Is.GreaterThan(330 / 11.0), "two of about eleven units");
    }

    [Test]
    public void A_pdf_has_one_page_of_the_pictures_size_and_no_date()
    {
        var figure = Line(2, 1, 4, i => $"m{i}");
        using var picture = FigurePlot.Of(figure);
        var (pdf, image) = (Encoding.Latin1.GetString(picture.Pdf()), Drawn.Pixels(figure));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pdf, Does.StartWith("%PDF").And.Not.Contain("Date"));
            Assert.That(Pages().Count(pdf), Is.EqualTo(1));
            Assert.That(pdf, Does.Match($@"/MediaBox \[0 0 {Points(image.Width)} {Points(image.Height)}\]"));
            Assert.That(pdf, Does.Contain("/BaseFont /").And.Contain("DejaVuSans"));
        }
    }

    [Test]
    public void The_font_has_the_glyphs_of_our_texts()
    {
        using var font = new SkiaSharp.SKFont(FigureFont.Typeface);
        Assert.That("AZaz09 .,:;()[]{}/+-−±×·÷√≤≥≈≠∞→←↑↓…αβγδεθλμσφψωΔΣΩ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₉äößéñŁżД\"'%‰°".Where(c => font.GetGlyph(c) == 0), Is.Empty);
    }

    [TestCase(0, "0")]
    [TestCase(0.25, "0.25")]
    [TestCase(-20, "−20")]
    [TestCase(50000, "50000")]
    [TestCase(1e-6, "10⁻⁶")]
    [TestCase(-2.5e12, "−2.5×10¹²")]
    public void Ticks_are_numbers_as_people_write_them(double value, string text) => Assert.That(TickText.Of(value), Is.EqualTo(text));

    [Test]
    public void A_text_is_broken_where_it_may_be_and_shortened_only_after_four_lines()
    {
        var block = TextBlock.Of(Long, 150);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(' ', block.Lines), Is.EqualTo(Long));
            Assert.That(block.Width, Is.LessThanOrEqualTo(150));
            Assert.That(TextBlock.Of(new('x', 1000), 150).Lines, Has.Count.EqualTo(4).And.Some.EndsWith("…"));
            Assert.That(TextBlock.Of("", 150).Height, Is.Zero);
            Assert.That(TextBlock.Of("a\nb\t\u0001c", 150).Text, Is.EqualTo("a b  c"));
        }
    }

    /// <summary>The places of ticks below the frame, from the left.</summary>
    private static List<double> Frame(List<(double X, double Y)> pixels)
    {
        var bottom = pixels.GroupBy(p => p.Y).MaxBy(row => row.Count())!.Key;
        return [.. pixels.Where(p => p.Y > bottom + 1 && p.Y < bottom + 2).Select(p => p.X).Order().Aggregate(new List<double>(), (kept, x) =>
        {
            if (kept.Count == 0 || x - kept[^1] > 1)
            {
                kept.Add(x);
            }

            return kept;
        })];
    }

    private static double Middle(DrawnText text) => (text.Left + text.Right + 7.6) / 2;

    private static string Points(int doubled) => Regex.Escape(Math.Ceiling(doubled / 2 * 0.75).ToString("0", System.Globalization.CultureInfo.InvariantCulture));

    private static byte[] Bytes(Figure figure)
    {
        using var picture = FigurePlot.Of(figure);
        return [.. picture.Png(), .. picture.Svg()];
    }

    private static Figure Line(IReadOnlyList<DataPoint> points, bool log = false) => Figure([new("", [new("m", new(Blue, 0, 0), points)])], log);

    private static Figure Line(int series, int panels, int points, Func<int, string> name, string panel = "sampler", string metric = "fd (lower is better)")
    {
        var palette = new Palette(Enumerable.Range(0, series).Select(name));
        return Figure([.. Enumerable.Range(0, panels).Select(p => new Panel(panels == 1 ? "" : $"{panel} {p}", [.. Enumerable.Range(0, series).Select(s => new Series(
            name(s), palette.Of(name(s)), [.. Enumerable.Range(0, points).Select(i => 5 * Math.Pow(2, i)).Select(x => new DataPoint(x, (1000 + (100 * s)) / x, 900 / x, 1200 / x, 3))]))]))], true, metric);
    }

    private static Figure Figure(IReadOnlyList<Panel> panels, bool log, string metric = "y")
    {
        var points = panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points).ToList();
        return new()
        {
            Name = "made",
            Title = "Made",
            Caption = "",
            Mark = Mark.Line,
            X = log ? Axis.At("NFE (evaluations an image)", [.. points.Select(p => p.X)]) : Axis.Fit("x", [.. points.Select(p => p.X)]),
            Y = Axis.Fit(metric, [.. points.SelectMany(p => (double?[])[p.Y, p.Low, p.High]).OfType<double>()], log),
            Panels = panels,
        };
    }

    private static Figure Bars(int rows, Func<int, string> name) => new()
    {
        Name = "bars",
        Title = "Bars",
        Caption = "",
        Mark = Mark.Bar,
        X = Axis.FromZero("fd (lower is better)", [0, 30]),
        Y = Axis.Rows(rows),
        Categories = [.. Enumerable.Range(0, rows).Select(name)],
        Panels = [.. ((string[])["ddim", "heun"]).Select(panel => new Panel(panel, [.. Enumerable.Range(0, rows).Select(i => new Series(name(i), new(Blue, 0, 0), [new(i + 1, i, i + 0.5, i + 1.5, 3)]))]))],
    };

    private static Figure Claims() => ClaimsFigure.Make(
        [.. Enumerable.Range(0, 9).Select(i => new VerdictRow(i == 4 ? Long : $"claim-{i}", ((string[])["reproduced", "contradicted", "undecided"])[i % 3], i - 4, i - 5, i - 3, 3))], VerdictRows.Axis)!;

    [GeneratedRegex(@"/Type /Page\b")]
    private static partial Regex Pages();
}
