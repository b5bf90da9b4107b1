using System.CommandLine;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;
using Dfx.Harness.Commands.Data;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;
using Dfx.Harness.Plugins.Trust;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Commands;

/// <summary>A matrix file from the command line to its plan: what <c>run</c> and <c>plan</c> have in common.</summary>
/// <param name="Matrix">The matrix.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Results">Where its results are.</param>
/// <param name="Cache">Where data and features are kept.</param>
/// <param name="Libraries">Folders of all plugins that have one of their own.</param>
/// <param name="Device">Where it runs.</param>
internal sealed record MatrixSession(MatrixFile Matrix, Plan Plan, ResultsFolder Results, string Cache, IReadOnlyList<string> Libraries, RunDevice Device)
{
    /// <exception cref="UsageException">Something of the input cannot be used.</exception>
    internal static MatrixSession Open(MatrixOptions options, ParseResult parsed, Spawner spawner)
    {
        var device = RunDevice.Parse(parsed.GetValue(options.Device)!);
        var folders = parsed.GetValue(options.Plugins) is { Length: > 0 } given ? given : [.. PluginFolders.Default()];
        var catalog = PluginCatalog.Discover(folders, PluginFolders.HostAssemblies(), PluginTrust.Of(parsed.GetValue(options.Matrix)!));
        catalog.Assemblies.Where(a => a.IsUnpinned).ToList().ForEach(a => Console.Error.WriteLine($"dfx: {a.Path} is not loaded: {a.Reason}"));
        var matrix = MatrixReader.Read(parsed.GetValue(options.Matrix)!, catalog);
        matrix.Notes.ToList().ForEach(note => Console.Error.WriteLine($"dfx: {note}"));
        var cache = CacheFolder.Root();
        Require(device, cache, spawner);
        using var questions = new CorrectionQuestions(() => new(spawner, new("cpu", 1)), cache);
        var settings = new PlanSettings(
            device.Type, AutomaticPrecision.On(device.Type), Code(), dataset => Fingerprint(dataset, cache, spawner), Count, questions.Ask);
        int Count(DatasetEntry dataset) => TestImages(dataset, cache, spawner);
        var results = new ResultsFolder(Path.Combine(parsed.GetValue(options.Results)!, matrix.Name));
        var plan = Planner.Make(matrix, settings);
        RestoredAgain.Notes(matrix, Count).ToList().ForEach(note => Console.Error.WriteLine($"dfx: {note}"));
        return new(matrix, plan, results, cache, PluginFolders.Of(catalog), device);
    }

    private static string Code()
    {
        try
        {
            return CodeHash.Of(AppContext.BaseDirectory);
        }
        catch (DllNotFoundException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>Every machine has a CPU; other devices are tried by a worker before anything is planned.</summary>
    private static void Require(RunDevice device, string cache, Spawner spawner)
    {
        if (!device.IsCpu)
        {
            using var worker = new WorkerProcess(spawner, new(device.Type, 0), device.Gpus.IsEmpty ? null : WorkerStart.EveryGpu);
            worker.RequireDevice(device.Text, cache);
        }
    }

    /// <summary>The host's own datasets are asked here; code of plugins runs in workers alone.</summary>
    private static string Fingerprint(DatasetEntry entry, string cache, Spawner spawner)
    {
        return Asked(entry, spawner, (worker, spec) => worker.Fingerprint(spec, cache), (dataset, context) => dataset is IPackedDataset packed
            ? PackedData.Fingerprint(packed.Recipe, context, packed.Chosen, intake => Tell(entry, intake))
            : dataset.Fingerprint(context));
    }

    private static int TestImages(DatasetEntry entry, string cache, Spawner spawner)
    {
        return Asked(entry, spawner, (worker, spec) => worker.TestImages(spec, cache), (dataset, context) =>
        {
            using var data = dataset.Open(context);
            return data.Count(Split.Test);
        });
    }

    private static T Asked<T>(DatasetEntry entry, Spawner spawner, Func<WorkerProcess, DatasetSpec, T> plugins, Func<IDataset, DataContext, T> own)
    {
        var plugin = new PluginRefs().Of(entry.Choice);
        if (!plugin.IsHosts)
        {
            using var worker = new WorkerProcess(spawner, new("cpu", 1));
            return plugins(worker, new(plugin, entry.Path, ""));
        }

        try
        {
            return own(new PluginLoader().Create<IDataset>(entry.Choice.Type, entry.Choice.Options), new(entry.Path, CacheFolder.Of("data")));
        }
        catch (DataUnavailableException e)
        {
            throw new UsageException($"dataset '{entry.Choice.Id}': {e.Message}", e);
        }
    }

    private static void Tell(DatasetEntry entry, Intake intake)
    {
        Console.Out.WriteLine($"dataset '{entry.Choice.Id}' is packed, since this is the first use of its files:");
        IntakeText.Write(Console.Out.WriteLine, intake);
    }
}
