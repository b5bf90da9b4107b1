using Dfx.Data.Folders;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;
using Dfx.Harness.Store;
using Dfx.Numerics;
using Dfx.Numerics.Files;

namespace Dfx.Benchmarks.Devices;

/// <summary>The training and the cell of a matrix, run in this process by the code that a worker runs, in a folder of their own.</summary>
internal sealed class LoopDesk : IDisposable
{
    // A long run: it has its copies and states as seldom as real runs do.
    private const int Steps = 20_000;
    private const int Pictures = 10_000;
    private const double SaveSeconds = 10;

    private readonly WorkerSession _session;
    private readonly ResultsFolder _results;
    private readonly torch.Device _device;
    private readonly Plan _plan;
    private readonly Precision _precision;

    /// <param name="loop">The network.</param>
    /// <param name="precision">The precision.</param>
    /// <param name="device">The device.</param>
    /// <param name="folder">A folder for this desk alone.</param>
    internal LoopDesk(LoopCase loop, Precision precision, torch.Device device, string folder)
    {
        (_device, _precision, _session) = (device, precision, new(folder));
        var data = Path.Combine(folder, "pixels.safetensors");
        WritePixels(data);
        var path = Path.Combine(folder, "loop.yaml");
        File.WriteAllText(path, loop.Matrix(data, precision, Steps));
        var type = device.type == DeviceType.CUDA ? "cuda" : "cpu";
        _plan = Planner.Make(MatrixReader.Read(path, PluginCatalog.Discover()), new(type, Precision.Float32, "", entry => Fingerprint(entry, folder)));
        _results = new(Path.Combine(folder, "results"));
        _results.Create();
    }

    /// <summary>Trains as long as progress lets it.</summary>
    internal void Train(StepClock progress)
    {
        try
        {
            Run(JobKind.Train, progress, TrainJob.Run);
        }
        catch (OperationCanceledException) when (progress.Ended)
        {
            // The rest of the run is not wanted.
        }
    }

    /// <summary>Runs the whole cell, without metrics, on the checkpoint that the training wrote last.</summary>
    internal JobTiming Sample() => Run(JobKind.Cell, new Silent(), CellJob.Run).Timing;

    public void Dispose() => _session.Dispose();

    private JobResult Run(JobKind kind, IProgressHost progress, Func<JobDesk, JobResult> run)
    {
        var job = _plan.Jobs.First(j => j.Kind == kind);
        job = job with { Model = job.Model with { Precision = _precision }, Sampling = job.Sampling is null ? null : job.Sampling with { Metrics = [] } };
        using var scope = torch.NewDisposeScope();
        using var exact = Tf32.Region(allowed: false);
        return run(new(job, _session, _results, _device, progress, SaveSeconds, CancellationToken.None));
    }

    private static string Fingerprint(DatasetEntry entry, string folder) =>
        new PluginLoader().Create<IDataset>(entry.Choice.Type, entry.Choice.Options).Fingerprint(new(entry.Path, folder));

    /// <summary>A packed dataset of random bytes, 3×32×32, which is read as any other.</summary>
    private static void WritePixels(string path)
    {
        using var scope = torch.NewDisposeScope();
        var recipe = KnownRecipes.Images(new ImagesOptions());
        var facts = new PackFacts(recipe.Id, recipe.Facts, new(3, LoopCase.Side, LoopCase.Side), [], Pictures, 1);
        Safetensors.Save(
            path,
            facts.Layouts().Select(t => KeyValuePair.Create(t.Key, torch.randint(0, 256, [.. t.Value.Shape], dtype: torch.uint8))),
            facts.Metadata(PackHash.Placeholder));
    }
}
