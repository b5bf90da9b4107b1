using System.Runtime.InteropServices;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;

namespace Dfx.Harness.Commands;

/// <summary>The one place where errors become exit codes.</summary>
internal static class Fault
{
    internal const int Interrupted = 130;
    internal const int Unusable = 2;

    /// <summary>Runs a command's action.</summary>
    internal static async Task<int> Guard(Func<Task<int>> action, TextWriter errors)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            await errors.WriteLineAsync($"dfx: {e.Message}").ConfigureAwait(false);
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("dfx: interrupted. What was finished is kept: the same command goes on from here.").ConfigureAwait(false);
            return Interrupted;
        }
        catch (IOException e) when (Execution.Worker.Verdict.IsStorageFull(e))
        {
            await errors.WriteLineAsync($"dfx: {e.Message}: free space and run the same command again; what was finished is kept.").ConfigureAwait(false);
            return Unusable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException or PluginException or OptionException
            or ExternalException or DllNotFoundException)
        {
            await errors.WriteLineAsync($"dfx: {NativeErrors.WithoutFrames(e.Message).Trim().ReplaceLineEndings(" ")}").ConfigureAwait(false);
            return Unusable;
        }
    }

    internal static Task<int> Guard(Func<int> action, TextWriter errors) => Guard(() => Task.FromResult(action()), errors);
}
