using Dfx.Harness.Execution.Worker;
using Dfx.Sdk;

namespace Dfx.Harness.Checking;

/// <summary>Runs one check: what the plugin throws becomes a finding.</summary>
internal static class Judge
{
    /// <param name="type">The type's label.</param>
    /// <param name="check">The check.</param>
    /// <param name="explain">What is behind an exception about a missing assembly, or null.</param>
    internal static Finding Of(string type, Check check, Func<Exception, string?> explain)
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
            var happened = e is BreachException ? e.Message : explain(e) ?? Verdict.Of(e).Message;
            return new(CheckOutcome.Failed, type, check.Name, happened, check.Expected, check.Remedy);
        }
    }
}
