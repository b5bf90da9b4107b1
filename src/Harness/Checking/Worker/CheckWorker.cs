using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Plugins.Loading;
using Dfx.Numerics;

namespace Dfx.Harness.Checking.Worker;

/// <summary>Runs the checks of one type after another and tells each result at once.</summary>
/// <param name="wire">The line to the host.</param>
internal sealed class CheckWorker(Wire<CheckRequest, CheckReply> wire)
{
    private readonly PluginLoader _loader = new();

    internal void Run()
    {
        Libtorch.Load();
        foreach (var request in wire.Requests())
        {
            Run(request);
            wire.Send(new(Done: true));
        }
    }

    private void Run(CheckRequest request)
    {
        var type = request.Type;
        foreach (var check in CheckList.Of(type, options => _loader.Create(type, options), request.Work))
        {
            wire.Send(new(Begun: check.Name));
            var finding = Judge.Of(type.Label, check, _loader.Explain);
            wire.Send(new(Finding: finding));
            if (check.Needed && finding.Outcome != CheckOutcome.Ok)
            {
                break;
            }
        }
    }
}
