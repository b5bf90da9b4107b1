using Dfx.Harness.Reporting;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Runs an analysis and writes its table.</summary>
internal static class AnalyseJob
{
    private const string FileName = "table.csv";

    internal static JobResult Run(JobDesk desk)
    {
        List<LoadedModel> loaded = [];
        try
        {
            var trained = Trained(desk, loaded).ToList();
            using var rounding = desk.Rounding();
            var table = desk.Session.Create<IAnalysis>(desk.Job.Analysis!).Run(new AnalysisContext
            {
                Model = desk.ModelContext,
                Trained = trained,
                Progress = desk.Progress,
                Cancellation = desk.Cancellation,
            });
            Write(Path.Combine(desk.Results.MakeArtifacts(desk.Job.Key), FileName), table);
        }
        finally
        {
            loaded.ForEach(model => model.Dispose());
        }

        return new(new() { Files = [FileName] }, new());
    }

    private static IEnumerable<TrainedCheckpoint> Trained(JobDesk desk, List<LoadedModel> loaded)
    {
        var spec = desk.Job.Model;
        foreach (var fraction in spec.Method is null ? [] : spec.Training.Checkpoints)
        {
            var step = spec.Training.StepOf(fraction);
            loaded.Add(Loading.Model(desk, spec, fraction));
            yield return new(fraction, step, desk.Files(spec.Key).SecondsOf(step), loaded[^1].Model);
        }
    }

    /// <exception cref="InvalidOperationException">A row has not as many cells as there are columns.</exception>
    private static void Write(string path, AnalysisTable table)
    {
        if (table.Rows.Index().FirstOrDefault(row => row.Item.Count != table.Columns.Count) is { Item: { } ragged } odd)
        {
            throw new InvalidOperationException($"row {odd.Index + 1} of the analysis has {ragged.Count} cells; it has {table.Columns.Count} columns");
        }

        CsvFile.Write(path, table.Columns.Select(c => c.Name), table.Rows.Select(row => row.Select(CsvFile.Text)));
    }
}
