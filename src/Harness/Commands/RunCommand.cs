using System.CommandLine;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Store;
using Spectre.Console;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx run MATRIX</c>: runs what has no result yet, and writes the reports.</summary>
internal static class RunCommand
{
    private const int ManyJobs = 10_000;

    private static readonly MatrixOptions s_matrix = new();

    private static readonly WorkerOption s_workers = new();

    private static readonly ReuseOption s_reuse = new();

    private static readonly Option<double> s_save = new("--save-every")
    {
        Description = "Seconds between two resumable states of a training.",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<bool> s_dry = new("--dry-run") { Description = "Shows the plan and runs nothing." };

    internal static Command Create(Interruption? interruption = null)
    {
        var command = new Command("run", "Runs a matrix: trains, samples, measures, and writes leaderboard.csv.\n\nExample: ./dfx run matrices/smoke.yaml");
        s_matrix.AddTo(command);
        command.Options.Add(s_workers.Option);
        command.Options.Add(s_save);
        command.Options.Add(s_reuse.Option);
        command.Options.Add(s_dry);
        command.SetAction((parsed, cancellation) => Fault.Guard(() => Run(parsed, interruption, cancellation), Console.Error));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, Interruption? interruption, CancellationToken cancellation)
    {
        using var spawner = new Spawner();
        interruption?.Last(spawner.EndAll);
        var session = MatrixSession.Open(s_matrix, parsed, spawner);
        if (parsed.GetValue(s_dry))
        {
            PlanTotals.Write(Console.Out, PlanCommand.Show(session, Console.Out));
            return 0;
        }

        var (workers, save, reuse) = (s_workers.Of(parsed, session), SaveSeconds(parsed), s_reuse.Of(parsed));
        var results = session.Results;
        _ = results.ReadManifest();
        results.Create();
        using var held = RunLock.Take(results);
        results.Sweep();
        WorkerMark.Sweep();
        KeptFolders.Sweep(session.Cache);
        var sound = new SoundFiles(results, Complain);
        var compared = Comparison.Of(session.Plan, results, Complain, usable: sound.Contains);
        if (new Reuse(results, reuse, Console.Out.WriteLine).Of(compared) > 0)
        {
            compared = Comparison.Of(session.Plan, results, Complain, usable: sound.Contains);
        }

        var plan = new RunPlan(
            compared, results, session.Cache, session.Matrix.Limits, session.Device, workers, save);
        using var first = Proven(plan, spawner);
        var manifest = Manifests.Of(session);
        results.WriteManifest(manifest);
        DefinitionFiles.Copy(PluginFolders.Of(manifest.Plugins.Keys), session.Libraries, results.Definitions);
        ReturnMemory(session.Plan);
        string? left;

        // Workers come to the end of a step and save, and the reports are written.
        using var saving = interruption?.While(WorkerStop.Grace * 4, "workers save what they have, and the reports are written");
        try
        {
            cancellation.ThrowIfCancellationRequested();
            left = await Execute(plan, spawner, first, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Reports.Write(results, manifest, Complain);
            throw;
        }

        saving?.Dispose();
        var code = RunSummary.Write(Console.Out, Reports.Write(results, manifest, Complain), results);
        return left is null ? code : throw new UsageException(left);
    }

    /// <summary>What planning and comparing threw away would stay with the host for the night: hundreds of megabytes at 100 000 cells.</summary>
    private static void ReturnMemory(Plan plan)
    {
        if (plan.Jobs.Count > ManyJobs)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>The first worker, whose libtorch computes what it should; null if there is nothing to run.</summary>
    /// <exception cref="UsageException">It does not, or cannot be loaded.</exception>
    private static WorkerProcess? Proven(RunPlan plan, Spawner spawner)
    {
        if (plan.ToDo.Count == 0)
        {
            return null;
        }

        // Other devices than the CPU were tried before the plan was made.
        var first = plan.ToDo[0].Device;
        return plan.Device.IsCpu ? WorkerProcess.Proven(spawner, first, null, plan.Cache) : new WorkerProcess(spawner, first, plan.Device.GpuOf(0));
    }

    private static async Task<string?> Execute(RunPlan plan, Spawner spawner, WorkerProcess? first, CancellationToken cancellation)
    {
        if (plan.ToDo.Count == 0)
        {
            return null;
        }

        var totals = new RunTotals(plan.ToDo, plan.Workers, FinishedHere(plan));
        Console.Out.WriteLine($"{plan.ToDo.Count} jobs to run, {plan.Compared.Count(c => c.Standing == Standing.Cached)} have a result already; results in {plan.Results.Root}");
        IRunDisplay shown = Console.IsOutputRedirected ? new PlainDisplay(Console.Out, totals) : new TerminalDisplay(AnsiConsole.Console, totals);
        using var display = new StatusFile(shown, plan.Results);
        return await new Runner(plan, display, spawner, first).Run(cancellation).ConfigureAwait(false);
    }

    private static IEnumerable<(JobKind Kind, double Seconds)> FinishedHere(RunPlan plan) =>
        from compared in plan.Compared
        where compared is { Standing: Standing.Cached, Record: { Status: Store.Status.Ok, Timing.Machine: { } machine } } && machine == JobTiming.ThisMachine
        select (compared.Job.Kind, compared.Record!.Timing.SecondsOf(compared.Job.Kind));

    private static double SaveSeconds(ParseResult parsed) => parsed.GetValue(s_save) is var seconds && seconds >= 0 && double.IsFinite(seconds)
        ? seconds
        : throw new UsageException("--save-every must be a number of seconds, 0 or more");

    private static void Complain(string problem) => Console.Error.WriteLine($"dfx: {problem}");
}
