using Dfx.Harness.Checking;

namespace Dfx.Harness.Tests.Checking;

/// <summary>Runs checks in the tests' own process.</summary>
internal static class Verdicts
{
    /// <summary>The names of the checks that failed.</summary>
    internal static List<string> Failed(IEnumerable<Check> checks) =>
        [.. checks.Select(check => Judge.Of("type", check, _ => null)).Where(f => f.Outcome == CheckOutcome.Failed).Select(f => f.Check)];
}
