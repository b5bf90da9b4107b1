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
        Posix.AdoptOrphans();
        using var stop = new WorkerStop();
        using var wire = new Wire<Request, Reply>(MessageJson.Default.Request, MessageJson.Default.Reply, request => Stopped(request, stop));
        new WorkerLoop(wire, stop.Token).Run();
        return stop.Token.IsCancellationRequested ? WorkerStop.ExitCode : 0;
    }

    private static bool Stopped(Request request, WorkerStop stop)
    {
        if (request.Stop == true)
        {
            stop.Ask();
        }

        return request.Stop == true;
    }
}
