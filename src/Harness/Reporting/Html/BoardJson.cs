using System.Globalization;
using System.Text.Json;

namespace Dfx.Harness.Reporting.Html;

/// <summary>
/// The leaderboard as compact JSON, column by column: words once each with a code a row, numbers with the digits that are read. It is safe within a script
/// element: the default encoder escapes what could end it.
/// </summary>
internal sealed class BoardJson(Leaderboard board)
{
    private const string MeanDigits = "G7";
    private const string ValueDigits = "G12";
    private const string DeviationDigits = "G4";

    /// <summary>The rows.</summary>
    internal string Rows() => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("count", board.Rows.Count);
        writer.WriteStartArray("columns");
        foreach (var axis in Leaderboard.Axes.Where(axis => axis != "evaluations" || board.Rows.Any(row => row.Axis(axis).Length > 0)))
        {
            Words(writer, axis, [.. board.Rows.Select(row => row.Axis(axis))]);
        }

        Numbers(writer, "seeds", "count", board.Rows.Select(row => (double?)row.Measured.Count));
        Words(writer, "status", [.. board.Rows.Select(row => row.Status)]);
        foreach (var metric in board.Columns)
        {
            Metric(writer, metric);
        }

        Numbers(writer, "NFE used", "number", board.Rows.Select(row => row.Mean(c => c.Outcome!.NfeUsed)));
        if (board.Rows.Any(row => row.BeyondSteps is not null))
        {
            Numbers(writer, "beyond T", "number", board.Rows.Select(row => (double?)row.BeyondSteps));
        }

        Numbers(writer, "parameters", "number", board.Rows.Select(row => row.Mean(c => c.Outcome!.Parameters)));
        Numbers(writer, "seconds an image", "number", board.Rows.Select(row => row.Mean(c => c.Timing!.SecondsPerImage)));
        Numbers(writer, "training seconds", "number", board.Rows.Select(row => row.Mean(c => c.Timing!.TrainSeconds)));
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>The cells behind the rows: how many each row has, then seed, key, status, message and values of each.</summary>
    internal string Cells()
    {
        var cells = board.Rows.SelectMany(row => row.Cells).ToList();
        return Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("counts");
            foreach (var row in board.Rows)
            {
                writer.WriteNumberValue(row.Cells.Count);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("columns");
            Words(writer, "seed", [.. cells.Select(cell => cell.Axes["seed"])]);
            Words(writer, "status", [.. cells.Select(cell => cell.Status)]);
            Words(writer, "message", [.. cells.Select(cell => cell.Message ?? "")]);
            foreach (var metric in board.Columns)
            {
                Numbers(writer, metric.Header, "value", cells.Select(cell => Value(cell, metric)), ValueDigits);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("keys");
            cells.ForEach(cell => writer.WriteStringValue(cell.Key));
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static double? Value(CellRow cell, MetricColumn metric) => cell.Outcome?.Metrics.FirstOrDefault(metric.Holds)?.Value;

    private void Metric(Utf8JsonWriter writer, MetricColumn metric)
    {
        var estimates = board.Rows.Select(row => row.Estimate(metric)).ToList();
        writer.WriteStartObject();
        writer.WriteString("name", metric.Header);
        writer.WriteString("kind", "metric");
        writer.WriteString("better", metric.Sign < 0 ? "higher" : "lower");
        Array(writer, "values", estimates.Select(e => e?.Mean), MeanDigits);
        Array(writer, "half", estimates.Select(e => e?.Interval?.HalfWidth), MeanDigits);
        Array(writer, "deviation", estimates.Select(e => e?.Deviation), DeviationDigits);
        writer.WriteEndObject();
    }

    private static void Words(Utf8JsonWriter writer, string name, List<string> values)
    {
        var codes = values.Distinct(StringComparer.Ordinal).Select((word, i) => (word, i)).ToDictionary(pair => pair.word, pair => pair.i, StringComparer.Ordinal);
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("kind", "words");
        writer.WriteStartArray("words");
        foreach (var word in codes.OrderBy(pair => pair.Value))
        {
            writer.WriteStringValue(word.Key);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("codes");
        values.ForEach(value => writer.WriteNumberValue(codes[value]));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter writer, string name, string kind, IEnumerable<double?> values, string digits = MeanDigits)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("kind", kind);
        Array(writer, "values", values, digits);
        writer.WriteEndObject();
    }

    private static void Array(Utf8JsonWriter writer, string name, IEnumerable<double?> values, string digits)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            if (value is { } number && double.IsFinite(number))
            {
                writer.WriteRawValue(number.ToString(digits, CultureInfo.InvariantCulture), skipInputValidation: true);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            write(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
