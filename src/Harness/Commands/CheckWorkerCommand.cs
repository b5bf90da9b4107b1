using System.CommandLine;
using Dfx.Harness.Checking.Worker;
using Dfx.Harness.Execution.Worker;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx check-worker</c>: the child process that runs checks; it speaks JSON with the host and is not for people.</summary>
internal static class CheckWorkerCommand
{
    internal const string Verb = "check-worker";

    internal static Command Create()
    {
        var command = new Command(Verb, "Runs checks for a host.") { Hidden = true };
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        Posix.OwnSession();
        Posix.DieWithParent();
        Posix.AdoptOrphans();
        using var wire = new Wire<CheckRequest, CheckReply>(CheckJson.Default.CheckRequest, CheckJson.Default.CheckReply);
        new CheckWorker(wire).Run();
        return 0;
    }
}
