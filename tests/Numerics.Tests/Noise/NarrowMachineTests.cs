using System.Diagnostics;

namespace Dfx.Numerics.Tests.Noise;

/// <summary>
/// The golden numbers once more in a process that is told to do without a part of the machine's vector instructions: the portable
/// code of an older or another processor, on this one.
/// </summary>
internal sealed class NarrowMachineTests
{
    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    [TestCase("DOTNET_EnableAVX512", Description = "256-bit vectors")]
    [TestCase("DOTNET_EnableAVX2", Description = "128-bit vectors, no fused multiply-add")]
    [TestCase("DOTNET_EnableHWIntrinsic", Description = "no vectors")]
    public void The_numbers_are_the_same_without(string setting)
    {
        var start = new ProcessStartInfo(Host) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("vstest");
        start.ArgumentList.Add(typeof(GoldenTests).Assembly.Location);
        start.ArgumentList.Add($"--TestCaseFilter:FullyQualifiedName~{typeof(GoldenTests).FullName}");
        start.Environment[setting] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var run = Process.Start(start)!;
        var errors = run.StandardError.ReadToEndAsync();
        var output = run.StandardOutput.ReadToEnd() + errors.Result;
        run.WaitForExit();
        Assert.That(run.ExitCode, Is.Zero, output);
        Assert.That(output, Does.Match("Passed: +[1-9]"), "a filter that matches nothing exits with 0 too");
    }
}
