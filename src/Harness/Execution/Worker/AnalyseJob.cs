using System.Globalization;
using CsvHelper;
using Dfx.Harness.Reporting;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Runs an analysis and writes its table.</summary>
internal static class AnalyseJob
{
    private const string FileName = "table.csv";

    internal static JobResult Run(JobDesk desk)
    {
        var trained = Trained(desk).ToList();
        try
        {
            var table = desk.Session.Create<IAnalysis>(desk.Job.Analysis!).Run(new AnalysisContext
            {
                Model = desk.ModelContext,
                Trained = trained,
                Progress = desk.Progress,
                Cancellation = desk.Cancellation,
            });
            Write(Path.Combine(desk.Results.ArtifactsOf(desk.Job.Key), FileName), table);
        }
        finally
        {
            trained.ForEach(t => t.Model.Dispose());
        }

        return new(new() { Files = [FileName] }, new());
    }

    private static IEnumerable<TrainedCheckpoint> Trained(JobDesk desk)
    {
        var spec = desk.Job.Model;
        foreach (var fraction in spec.Method is null ? [] : spec.Training.Checkpoints)
        {
            var step = spec.Training.StepOf(fraction);
            using var scope = torch.NewDisposeScope();
            var seconds = TrainingHost.SecondsOf(desk.Files(spec.Key).ReadCheckpoint(step));
            yield return new(fraction, step, seconds, Loading.Model(desk, spec, fraction));
        }
    }

    private static void Write(string path, AnalysisTable table)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new CsvWriter(new StreamWriter(stream, leaveOpen: true), CultureInfo.InvariantCulture);
            CsvRows.Write(writer, table.Columns.Select(c => c.Name), table.Rows.Select(row => row.Select(CsvRows.Text)));
        });
    }
}
