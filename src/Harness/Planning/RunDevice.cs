using System.Collections.Immutable;
using System.Globalization;

namespace Dfx.Harness.Planning;

/// <summary>The device of a run, as <c>--device</c> names it: <c>cpu</c>, <c>cuda</c>, or GPUs by their indices, <c>cuda:0,1</c>.</summary>
/// <param name="Type"><c>cpu</c> or <c>cuda</c>: all that keys know, since results do not depend on which of several equal GPUs made them.</param>
/// <param name="Gpus">Indices; none for the CPU, and for <c>cuda</c>, which is the GPU that CUDA counts first.</param>
internal sealed record RunDevice(string Type, ImmutableArray<int> Gpus)
{
    private const string Cpu = "cpu";
    private const string Cuda = "cuda";
    private const string Expected = "expected cpu, cuda, or GPUs by their indices, such as cuda:0,1";

    /// <summary>The device in the words of <c>--device</c>.</summary>
    internal string Text => Gpus.IsEmpty ? Type : $"{Type}:{string.Join(',', Gpus)}";

    internal bool IsCpu => Type == Cpu;

    /// <exception cref="UsageException">It names no device, a GPU twice, or the CPU beside GPUs.</exception>
    internal static RunDevice Parse(string text)
    {
        var device = text switch
        {
            Cpu or Cuda => new RunDevice(text, []),
            _ when text.StartsWith(Cuda + ":", StringComparison.Ordinal) => new(Cuda, [.. text[(Cuda.Length + 1)..].Split(',').Select(item => Index(text, item))]),
            _ when text.Split(',', ':').Contains(Cpu) && text.Contains(Cuda, StringComparison.Ordinal) => throw Mixed(text),
            _ => throw Unusable(text, Expected),
        };
        return device.Gpus.GroupBy(index => index).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }
            ? throw Unusable(text, $"it names GPU {twice} twice; --workers gives a GPU several workers")
            : device;
    }

    /// <summary>How many workers run at once.</summary>
    /// <param name="asked">How many were asked for: on the CPU in all, otherwise for each GPU. Null for as many as the processors have room for, and one a GPU.</param>
    /// <param name="threads">Threads of a worker on the CPU.</param>
    /// <param name="processors">Processors of the machine.</param>
    internal int Workers(int? asked, int threads, int processors) =>
        IsCpu ? asked ?? Math.Max(1, processors / threads) : (asked ?? 1) * Math.Max(1, Gpus.Length);

    /// <summary>The GPU of a worker: they take turns, so that a run of few jobs uses all. Null where the run names none.</summary>
    /// <param name="worker">The worker, from 0.</param>
    internal int? GpuOf(int worker) => Gpus.IsEmpty ? null : Gpus[worker % Gpus.Length];

    /// <summary>Why the GPUs of this machine are not what the run asks for; null if they are.</summary>
    /// <param name="names">What the maker calls each GPU that libtorch sees, by index; null where nobody tells.</param>
    internal string? Problem(IReadOnlyList<string?> names)
    {
        if (Gpus.Where(index => index >= names.Count).ToList() is [var unknown, ..])
        {
            return $"there is no GPU {unknown}: libtorch sees {string.Join(", ", names.Select((_, index) => Named(names, index)))}";
        }

        var kinds = Gpus.Where(index => names[index] is not null).DistinctBy(index => names[index]).ToList();
        return kinds.Count > 1
            ? $"{string.Join(" and ", kinds.Select(index => Named(names, index)))} are different kinds of GPU, whose results differ; name GPUs of one kind"
            : null;
    }

    private static string Named(IReadOnlyList<string?> names, int index) => names[index] is { } name ? $"{Cuda}:{index} ({name})" : $"{Cuda}:{index}";

    private static int Index(string text, string item) => int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        ? index
        : throw (item.Trim() == Cpu ? Mixed(text) : Unusable(text, $"'{item}' is no index of a GPU; {Expected}"));

    private static UsageException Mixed(string text) => Unusable(text, "results of the CPU and of GPUs differ; name one of the two");

    private static UsageException Unusable(string text, string why) => new($"--device {text}: {why}");
}
