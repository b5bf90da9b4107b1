using System.CommandLine;
using Dfx.Harness.Commands;
using Dfx.Harness.Commands.Data;
using Dfx.Harness.Execution.Worker;

var root = new RootCommand(
    """
    Dfx compares diffusion-model methods.

    The launcher ./dfx adds two verbs of its own:
      ./dfx test     builds everything and runs all tests
      ./dfx bench    runs the benchmarks, beside eager PyTorch where it is installed

    Example: ./dfx run matrices/smoke.yaml
    """)
{
    RunCommand.Create(),
    PlanCommand.Create(),
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
    ExtractorCommand.Create(),
    CheckCommand.Create(),
    CheckWorkerCommand.Create(),
    WorkerCommand.Create(),
};

var parsed = root.Parse(args);

// After Ctrl-C or SIGTERM workers come to the end of a step and save, and the reports are written.
var code = await parsed.InvokeAsync(new() { ProcessTerminationTimeout = WorkerStop.Grace * 4 });

// System.CommandLine says 1 for what it cannot parse; here 1 means that some cells failed, and 2 unusable input.
return parsed.Errors.Count > 0 ? 2 : code;
