using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Plugins.Loading;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Worker;

/// <summary>Runs the checks of one type after another and tells each result at once.</summary>
/// <param name="wire">The line to the host.</param>
internal sealed class CheckWorker(CheckWire wire)
{
    private static readonly Dictionary<string, string> s_defaults = [];
    private readonly PluginLoader _loader = new();

    internal void Run()
    {
        foreach (var request in wire.Requests)
        {
            Run(request);
            wire.Send(new(Done: true));
        }
    }

    private void Run(CheckRequest request)
    {
        var type = request.Type;
        foreach (var check in CheckList.Of(type, () => _loader.Create(type, s_defaults), request.Work))
        {
            wire.Send(new(Begun: check.Name));
            var finding = Judge(type.Label, check);
            wire.Send(new(Finding: finding));
            if (check.Needed && finding.Outcome != CheckOutcome.Ok)
            {
                break;
            }
        }
    }

    private Finding Judge(string type, Check check)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            check.Run();
            return new(CheckOutcome.Ok, type, check.Name);
        }
        catch (Exception e) when (e is NothingToCheckException or NotApplicableException or DataUnavailableException)
        {
            return new(CheckOutcome.Skipped, type, check.Name, e.Message);
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"{type}: {check.Name}: {e}");
            var happened = e is BreachException ? e.Message : _loader.Explain(e) ?? Verdict.Of(e).Message;
            return new(CheckOutcome.Failed, type, check.Name, happened, check.Expected, check.Remedy);
        }
    }
}
