using System.CommandLine;
using Dfx.Harness;
using Dfx.Harness.Commands;
using Dfx.Harness.Commands.Data;
using Dfx.Harness.Execution.Worker;
using Dfx.Numerics.Files;

// A worker hears of everything from its host, and prints into logs.
var isWorker = args is [WorkerCommand.Verb or CheckWorkerCommand.Verb, ..];
if (!isWorker)
{
    Terminal.Guard();
}

using var large = FileLimit.Survive();
using var interruption = new Interruption(Posix.ExitNow, Terminal.SayLast);
var root = new RootCommand(
    """
    Dfx compares diffusion-model methods.

    The launcher ./dfx adds two verbs of its own:
      ./dfx test     builds everything and runs all tests
      ./dfx bench    runs the benchmarks, beside eager PyTorch where it is installed

    Example: ./dfx run matrices/smoke.yaml
    """)
{
    RunCommand.Create(interruption),
    PlanCommand.Create(interruption),
    StatusCommand.Create(),
    ExportCommand.Create(),
    ReportCommand.Create(),
    TableCommand.Create(),
    ClaimsCommand.Create(),
    CompareCommand.Create(),
    MergeCommand.Create(),
    DoctorCommand.Create(),
    ListCommand.Create(),
    DataCommand.Create(),
    PackCommand.Create(),
    PluginsCommand.Create(),
    ExtractorCommand.Create(),
    CheckCommand.Create(),
    CheckWorkerCommand.Create(),
    WorkerCommand.Create(),
};

var parsed = root.Parse(args);

// The library's own handlers do not hear a signal while a command works without waiting, and a second one is an unhandled exception of theirs.
var code = await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null }, (isWorker ? interruption : interruption.Listening()).Token);

// System.CommandLine says 1 for what it cannot parse; here 1 means that some cells failed, and 2 unusable input.
return parsed.Errors.Count > 0 ? 2 : code;
