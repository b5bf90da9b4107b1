using System.Text.Json;
using System.Text.Json.Serialization;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>What a host that is at work writes for <c>dfx status</c>.</summary>
internal sealed record RunningState(
    [property: JsonRequired] int ProcessId, DateTimeOffset Written, [property: JsonRequired] IReadOnlyList<RunningJob> Jobs)
{
    /// <summary>The state of a folder; null if no host is at work there, or what it wrote cannot be used.</summary>
    /// <param name="folder">The results folder.</param>
    /// <param name="complain">Told of a file that is there but cannot be used.</param>
    internal static RunningState? Read(ResultsFolder folder, Action<string> complain)
    {
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(RegularFile.Checked(folder.RunningPath)), StoreJson.Default.RunningState);
            return state?.Jobs.All(job => job is { IsSound: true }) == true ? state : throw new JsonException("it names no jobs with their progress");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            complain($"{folder.RunningPath} cannot be read ({e.Message}): what is running is not known; a host at work writes it anew every few seconds");
            return null;
        }
    }
}

/// <summary>A job that is running.</summary>
internal sealed record RunningJob(
    [property: JsonRequired] string Key, [property: JsonRequired] string Identity, double Seconds, long Done, long Total, string? Note, double? Rate = null)
{
    [JsonIgnore]
    internal bool IsSound => Seconds is >= 0 and < double.PositiveInfinity && Done >= 0 && Total >= 0 && Rate is null or (>= 0 and < double.PositiveInfinity);
}
