using System.CommandLine;
using System.Globalization;
using Dfx.Harness.Checking;
using Dfx.Harness.Checking.Host;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx check DLL</c>: the contract test that every plugin must pass.</summary>
internal static class CheckCommand
{
    private const double Patience = 20;

    internal static Command Create()
    {
        var dll = new Argument<string>("dll") { Description = "The plugin.", HelpName = "DLL" };
        var limit = new Option<double>("--time-limit")
        {
            DefaultValueFactory = _ => Patience,
            Description = "Seconds that one check may take.",
            HelpName = "SECONDS",
        };
        limit.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && !(r.GetValueOrDefault<double>() is > 0 and <= 3600))
            {
                r.AddError("--time-limit must be above 0 and at most 3600 seconds");
            }
        });
        var command = new Command(
            "check", "Tests a plugin against the contract, on tiny data and models; it takes seconds.\n\nExample: ./dfx check plugins/MyMethod/MyMethod.dll")
        {
            dll, limit,
        };
        command.SetAction(r => Fault.Guard(() => Run(r.GetValue(dll)!, r.GetValue(limit), Console.Out), Console.Error));
        return command;
    }

    /// <summary>Writes a line a finding; 1 if a check failed.</summary>
    /// <exception cref="UsageException">The DLL cannot be used.</exception>
    internal static async Task<int> Run(string dll, double seconds, TextWriter output)
    {
        var assembly = CheckTarget.Of(dll);
        var counts = new Dictionary<CheckOutcome, int>();
        var failed = await CheckRun.All(assembly, TimeSpan.FromSeconds(seconds), Tell).ConfigureAwait(false);
        var (passed, skipped) = (counts.GetValueOrDefault(CheckOutcome.Ok), counts.GetValueOrDefault(CheckOutcome.Skipped));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{assembly.Name}: {passed} checks passed, {failed} failed, {skipped} skipped")).ConfigureAwait(false);
        return failed == 0 ? 0 : 1;

        void Tell(Finding finding)
        {
            counts[finding.Outcome] = counts.GetValueOrDefault(finding.Outcome) + 1;
            output.WriteLine(finding.Line);
        }
    }
}
