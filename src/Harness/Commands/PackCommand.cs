using System.CommandLine;
using System.Globalization;
using Dfx.Data.Packing;
using Dfx.Harness.Commands.Data;
using Dfx.Harness.Packing;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx pack</c>: one archive that runs on a machine without registry, SDK or root, given libtorch.</summary>
internal static class PackCommand
{
    private static readonly Option<string> s_out = new("--out")
    {
        Description = "The archive that is written.",
        DefaultValueFactory = _ => "dfx-linux-x64.tar.gz",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> s_data = new("--data")
    {
        Description = "Datasets and weights to bring along, as ./dfx data list names them.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        HelpName = "ID",
    };

    private static readonly Option<bool> s_bench = new("--bench") { Description = "Brings the benchmarks along: dfx/dfx bench runs them there." };

    internal static Command Create()
    {
        var command = new Command(
            "pack",
            """
            Writes one archive with the .NET runtime, Dfx, its plugins and its matrices, for a machine without registry, SDK or root.

            There: tar -xzf FILE, set DFX_LIBTORCH to the folder torch/lib of an installed PyTorch, and run dfx/dfx.

            Example: ./dfx pack --out dfx.tar.gz --data fashion-mnist
            """)
        {
            s_out, s_data, s_bench,
        };
        command.SetAction((parsed, cancellation) => Fault.Guard(() => Run(parsed, Console.Out, cancellation), Console.Error));
        return command;
    }

    /// <exception cref="UsageException">An id is unknown or not on this machine.</exception>
    private static int Run(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        var (path, data) = (parsed.GetValue(s_out)!, parsed.GetValue(s_data)!);
        List<PackEntry> entries =
        [
            .. PackContents.All(), .. data.Distinct().SelectMany(id => PackData.Of(id, DataCommand.Root)),
            .. parsed.GetValue(s_bench) ? PackContents.Benchmarks(PackContents.BenchmarksFolder) : [],
        ];
        var total = entries.Sum(entry => entry.Length);
        output.WriteLine($"packing {entries.Count} files, {Size(total)}");
        StepDisplay.Run(output, !Console.IsOutputRedirected, tell =>
        {
            var done = 0L;
            AtomicFile.Write(path, stream => PackArchive.Write(entries, stream, read => tell(new PackStep("packing", done += read, total)), cancellation));
            return true;
        });
        output.WriteLine($"{path}: {Size(new FileInfo(path).Length)}");
        output.WriteLine($"there: tar -xzf {Path.GetFileName(path)} && DFX_LIBTORCH=…/torch/lib {PackArchive.Folder}/dfx doctor");
        return 0;
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
