using Dfx.Harness.Checking.Tiny;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of an analysis.</summary>
internal static class AnalysisChecks
{
    internal static IReadOnlyList<Check> Of(Func<IAnalysis> make) =>
    [
        new(
            "table",
            "rows with a cell a column, each a string, a long, a finite double, a bool or null",
            "convert ints to long, and write null for what is not finite",
            () => Table(make)),
    ];

    private static void Table(Func<IAnalysis> make)
    {
        var table = Run(make);
        Expect.That(table.Columns.Count > 0, $"there is no column");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var cells = table.Rows[row];
            Expect.That(cells.Count == table.Columns.Count, $"row {row} has {cells.Count} cells; there are {table.Columns.Count} columns");
            for (var i = 0; i < cells.Count; i++)
            {
                var allowed = cells[i] is null or string or long or bool || (cells[i] is double number && double.IsFinite(number));
                Expect.That(allowed, $"row {row}, column {table.Columns[i].Name}: {cells[i]} is a {cells[i]?.GetType().Name}");
            }
        }
    }

    /// <summary>Without a model; with one, if the analysis asks for it.</summary>
    private static AnalysisTable Run(Func<IAnalysis> make)
    {
        try
        {
            return make().Run(Context());
        }
        catch (NotApplicableException)
        {
            using var model = new TinyGaussian(Bench.Data.Shape);
            return make().Run(Context(new TrainedCheckpoint(1, Bench.Steps, 1, model)));
        }
    }

    private static AnalysisContext Context(params TrainedCheckpoint[] trained) => new() { Model = Bench.Model(), Trained = trained, Progress = new MemoryHost() };
}
