using System.CommandLine;
using Dfx.Harness.Checking.Worker;
using Dfx.Harness.Execution.Worker;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx check-worker LOG</c>: the child process that runs checks; it speaks JSON with the host and is not for people.</summary>
internal static class CheckWorkerCommand
{
    internal const string Verb = "check-worker";

    internal static Command Create()
    {
        var log = new Argument<string>("log");
        var command = new Command(Verb, "Runs checks for a host.") { log };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetValue(log)!));
        return command;
    }

    private static int Run(string log)
    {
        Posix.OwnSession();
        Posix.DieWithParent();
        using var wire = new Wire<CheckRequest, CheckReply>(CheckJson.Default.CheckRequest, CheckJson.Default.CheckReply);
        PrintedOutput.LogTo(log);
        new CheckWorker(wire).Run();
        return 0;
    }
}
