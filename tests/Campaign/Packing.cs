using System.Security.Cryptography;
using Dfx.Data.Tests;
using Dfx.EndToEnd;

namespace Dfx.Campaign;

/// <summary>Kills <c>dfx data add</c>, of which two may be at work at once: what is packed in the end is what an undisturbed one packs.</summary>
internal static class Packing
{
    private const int Images = 24;
    private const int Size = 500;

    internal static Tally Try(Trial trial)
    {
        using var desk = new Desk();
        var images = Directory.CreateDirectory(Path.Combine(desk.Folder, "images")).FullName;
        for (var i = 0; i < Images; i++)
        {
            File.WriteAllBytes(Path.Combine(images, $"{i}.png"), Samples.Png(Size, Size, i));
        }

        var expected = Packed(desk, "calm", images);
        var (kills, lost) = (0, new List<string>());
        for (var most = trial.Random.Next(3, 12); kills < most && trial.HasTime;)
        {
            using var first = desk.Start([.. Data(desk, "disturbed")], [.. Add(images)]);
            using var second = trial.Random.Next(3) == 0 ? desk.Start([.. Data(desk, "disturbed")], [.. Add(images)]) : null;
            var ended = new[] { first, second }.OfType<System.Diagnostics.Process>().Select(process => (process.Id, Outcome: Task.Run(() => Tools.End(process)))).ToList();
            Thread.Sleep(trial.Random.Next(20, 1500));
            kills += Tools.Do("kill", "-KILL", $"{trial.Pick(ended).Id}") ? 1 : 0;
            lost.AddRange(ended.SelectMany(end => Tools.Unseemly(end.Outcome.Result, 137)));
        }

        var actual = Packed(desk, "disturbed", images);
        var left = Directory.GetFileSystemEntries(Path.Combine(desk.Folder, "disturbed")).Select(Path.GetFileName).Where(name => name != "images.safetensors").ToList();
        lost.AddRange(left.Select(name => $"left behind: {name}"));
        return Tally.Of(kills, actual == expected ? null : $"packed images differ: {expected} undisturbed, {actual} disturbed", lost);
    }

    private static IEnumerable<string> Data(Desk desk, string name) => ["env", $"DFX_DATA={Path.Combine(desk.Folder, name)}"];

    private static IEnumerable<string> Add(string images) => ["data", "add", "images", images, "--threads", "1"];

    /// <summary>Adds images, undisturbed; the hash of the file, or why there is none.</summary>
    private static string Packed(Desk desk, string name, string images)
    {
        var path = Path.Combine(desk.Folder, name, "images.safetensors");
        var outcome = Tools.End(desk.Start([.. Data(desk, name)], [.. Add(images)]));
        return File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : outcome.Output + outcome.Errors;
    }
}
