using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Execution.Worker;
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
        new(
            "sheets and texts",
            "sheets have a row's images as [columns, C, H, W], finite, on the CPU, all rows alike; texts have kebab-case names with an extension",
            "stack an image a column, of 1 or 3 channels, and call .cpu(); give every sheet and text a name of its own",
            () => Files(make)),
    ];

    private static void Table(Func<IAnalysis> make)
    {
        var table = Run(make);
        Expect.That(table is not null, $"Run returned null");
        Expect.That(table!.Columns.Count > 0, $"there is no column");
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

    private static void Files(Func<IAnalysis> make)
    {
        var table = Run(make);
        var fault = table is null ? null : AnalysisFault.OfFiles(table);
        Expect.That(fault is null, $"{fault}");
    }

    /// <summary>Without a model; with a denoiser or else a corruption model, if the analysis asks for one.</summary>
    /// <exception cref="NotApplicableException">It takes neither.</exception>
    private static AnalysisTable? Run(Func<IAnalysis> make)
    {
        using var denoiser = new TinyGaussian(Bench.Data.Shape);
        foreach (var model in (ITrainedModel?[])[null, denoiser])
        {
            try
            {
                return make().Run(Context(model));
            }
            catch (NotApplicableException)
            {
                // It may take the next one.
            }
        }

        using var corruption = new TinyCorruption(Bench.Data.Shape);
        return make().Run(Context(corruption));
    }

    private static AnalysisContext Context(ITrainedModel? model) => new()
    {
        Model = Bench.Model(),
        Trained = model is null ? [] : [new TrainedCheckpoint(1, Bench.Steps, 1, model)],
        Store = new MemoryStore(),
        Progress = new MemoryHost(),
    };
}
