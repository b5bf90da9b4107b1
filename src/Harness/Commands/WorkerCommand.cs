using System.CommandLine;
using Dfx.Harness.Execution.Worker;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx worker</c>: the child process that runs jobs; it speaks JSON with the host and is not for people.</summary>
internal static class WorkerCommand
{
    internal const string Verb = "worker";

    internal static Command Create()
    {
        var command = new Command(Verb, "Runs jobs for a host.") { Hidden = true };
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        Posix.OwnSession();
        Posix.DieWithParent();
        using var wire = new Wire<Request, Reply>(MessageJson.Default.Request, MessageJson.Default.Reply);
        new WorkerLoop(wire).Run();
        return 0;
    }
}
