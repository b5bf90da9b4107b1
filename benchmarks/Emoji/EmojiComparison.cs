using System.Diagnostics;
using System.Globalization;
using Dfx.Data.Archives;
using Dfx.Data.Emoji;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;

namespace Dfx.Benchmarks.Emoji;

/// <summary>Decoding and packing the images of emoji-32 beside Pillow doing the same in one process of its own, in turn.</summary>
/// <remarks>With one thread the times are processor times, which other work on the machine disturbs less; with more they are wall times.</remarks>
internal static class EmojiComparison
{
    private const int Rounds = 7;
    private const string Python = "/usr/bin/python3";

    /// <param name="threads">Threads of ours; Pillow has one.</param>
    /// <param name="folder">The unpacked package emoji-datasource-twitter, or null.</param>
    internal static void Run(int threads, string? folder)
    {
        if (folder is null || !Directory.Exists(Path.Combine(folder, "img", "twitter", "64")))
        {
            Console.WriteLine($"Give the unpacked archive of `npm pack {EmojiPackage.Specification}`: ./dfx bench emoji 1 PATH");
            return;
        }

        var scratch = Directory.CreateTempSubdirectory("dfx-bench-");
        try
        {
            using var pillow = Start(folder, scratch.FullName);
            Compare(pillow, threads, folder, scratch.FullName);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static void Compare(Process? pillow, int threads, string folder, string scratch)
    {
        if (pillow?.StandardOutput.ReadLine() is not { } version)
        {
            Console.WriteLine("Pillow is not installed (python3-pil, python3-numpy): nothing to compare with.");
            return;
        }

        var (ours, theirs, same) = (new List<double>(), new List<double>(), true);
        for (var round = 0; round <= Rounds; round++)
        {
            var mine = Pack(threads, folder, Path.Combine(scratch, "ours"));
            pillow.StandardInput.WriteLine(threads == 1 ? "process_time" : "perf_counter");
            var answer = pillow.StandardOutput.ReadLine()!.Split(' ');
            same &= answer[1] == mine.Pixels;
            if (round > 0)
            {
                ours.Add(mine.Seconds);
                theirs.Add(double.Parse(answer[0], CultureInfo.InvariantCulture));
            }
        }

        pillow.StandardInput.Close();
        var pixels = same ? "pixels are the same" : "PIXELS DIFFER";
        Console.WriteLine($"{EmojiList.Count} PNG images of 64x64 with transparency to packed 32x32, {threads} thread(s); {version}; {pixels}");
        Console.WriteLine(Comparison.Line("emoji", "ours", ours, "Pillow", theirs));
    }

    // Ours also lists the categories, writes labels and hashes the file; Pillow does not have to.
    private static (double Seconds, string Pixels) Pack(int threads, string folder, string target)
    {
        File.Delete(target);
        var start = Clock(threads);
        using var source = KnownRecipes.Emoji.Open(new FolderFiles(folder), false);
        new Packer(threads, _ => { }, default).Write(target, folder, KnownRecipes.Emoji, source);
        return (Clock(threads) - start, PixelHash(source));
    }

    private static double Clock(int threads) => threads == 1
        ? Environment.CpuUsage.TotalTime.TotalSeconds
        : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private static string PixelHash(IPixelSource source)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var (workspace, pixels) = (new Workspace(), new byte[source.Shape.Elements]);
        foreach (var item in source.Items)
        {
            source.Read(item, workspace, pixels);
            hash.AppendData(pixels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Process? Start(string folder, string scratch) => File.Exists(Python)
        ? Process.Start(new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "Emoji", "pillow_emoji.py"), folder, scratch])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })
        : null;
}
