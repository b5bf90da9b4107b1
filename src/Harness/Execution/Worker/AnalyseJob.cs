using System.Text;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Runs an analysis and writes its table.</summary>
internal static class AnalyseJob
{
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
            var checksum = Write(Path.Combine(desk.Results.MakeArtifacts(desk.Job.Key), AnalysisResult.FileName), table);
            return new(new() { Files = [AnalysisResult.FileName] }, new())
            {
                Checksums = new Dictionary<string, string> { [AnalysisResult.FileName] = checksum },
            };
        }
        finally
        {
            loaded.ForEach(model => model.Dispose());
        }
    }

    private static IEnumerable<TrainedCheckpoint> Trained(JobDesk desk, List<LoadedModel> loaded)
    {
        var spec = desk.Job.Model;
        foreach (var fraction in spec.Method is null ? [] : spec.Training.Checkpoints)
        {
            loaded.Add(Loading.Model(desk, spec, fraction));
            yield return new(fraction, spec.Training.StepOf(fraction), desk.Files(spec.Key).SecondsOf(spec.Training.DueAt(fraction)), loaded[^1].Model);
        }
    }

    /// <summary>Writes the table; its checksum.</summary>
    /// <exception cref="InvalidOperationException">There are no columns, or a row has not as many cells.</exception>
    private static string Write(string path, AnalysisTable table)
    {
        var odd = table.Rows.Index().FirstOrDefault(row => row.Item.Count != table.Columns.Count);
        if (table.Columns.Count == 0 || odd.Item is not null)
        {
            throw new InvalidOperationException($"row {odd.Index + 1} of the analysis has {odd.Item?.Count ?? 0} cells; it has {table.Columns.Count} columns");
        }

        var bytes = Encoding.UTF8.GetBytes(CsvFile.Render(table.Columns.Select(c => c.Name), table.Rows.Select(row => row.Select(CsvFile.Text))));
        AtomicFile.Write(path, stream => stream.Write(bytes));
        return Checksum.Text(bytes);
    }
}
