using System.Collections;
using System.Globalization;

namespace Dfx.Harness.Execution.Worker;

/// <summary>
/// What a job can leave behind in its process that would reach the next job there: threads, timers, processes, and settings that are the whole process's. A
/// worker with such traces is not used again.
/// </summary>
internal sealed class Traces
{
    // Threads of .NET's own, of libtorch's backward passes and of CUDA's driver, which the library makes when it first needs them and keeps.
    private static readonly string[] s_librarys = [".NET ", "pt_", "cuda"];

    private const string Tasks = "/proc/self/task";
    private const string Descriptors = "/proc/self/fd";

    private readonly HashSet<string> _threads;
    private readonly IReadOnlyList<(string What, string? Value)> _settings;
    private readonly Dictionary<string, string> _environment;

    private Traces() => (_threads, _settings, _environment) = (Threads(), Settings(), Variables());

    /// <summary>The process as it is now. The threads that libtorch computes with are there from here on.</summary>
    internal static Traces Now(torch.Device device)
    {
        StartThreads(device);
        return new();
    }

    /// <summary>What has been left since then, in words; null if nothing has.</summary>
    internal string? Left()
    {
        List<string> left = [.. _settings.Zip(Settings()).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => $"another {pair.First.What}")];
        left.AddRange(Threads().Except(_threads).Select(Name).OfType<string>().Where(name => !s_librarys.Any(begin => name.StartsWith(begin, StringComparison.Ordinal))).Select(name => $"a thread '{name}'"));
        if (HasWork())
        {
            left.Add("work for the thread pool or a timer");
        }

        if (Posix.HasChildren())
        {
            left.Add("a process");
        }

        var environment = Variables();
        left.AddRange(environment.Except(_environment).Concat(_environment.Except(environment)).Select(pair => pair.Key).Distinct().Select(name => $"another value of the variable {name}"));
        return left.Count == 0 ? null : string.Join(", ", left);
    }

    // OpenMP and a GPU's library make their threads at the first work that is large enough, and keep them.
    private static void StartThreads(torch.Device device)
    {
        const long Grain = 1 << 15; // at::internal::GRAIN_SIZE
        using var scope = torch.NewDisposeScope();
        using var x = torch.ones([2 * Grain * Math.Max(1, torch.get_num_threads())], device: device, requires_grad: device.type == DeviceType.CUDA);
        using var sum = (x + 1).sum();
        if (sum.requires_grad)
        {
            sum.backward();
        }
    }

    private static HashSet<string> Threads() => [.. Directory.EnumerateDirectories(Tasks).Select(path => Path.GetFileName(path))];

    private static string? Name(string thread)
    {
        try
        {
            return File.ReadAllText($"{Tasks}/{thread}/comm").TrimEnd('\n');
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }

    /// <summary>Whether the pool works on something a moment from now, or a timer waits.</summary>
    private static bool HasWork()
    {
        for (var patience = 5; patience > 0 && IsBusy(); patience--)
        {
            Thread.Sleep(1);
        }

        return IsBusy();
    }

    private static bool IsBusy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most - free > 0 || ThreadPool.PendingWorkItemCount > 0 || Timer.ActiveCount > 0;
    }

    private static List<(string What, string? Value)> Settings() =>
    [
        ("current directory", Folder()),
        ("culture", string.Join(' ', ((CultureInfo?[])[CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture]).Select(Words))),
        ("standard input", Target(0)),
        ("standard output", Target(1)),
        ("standard error", Target(2)),
        ("Console.In", Identity(Console.In)),
        ("Console.Out", Identity(Console.Out)),
        ("Console.Error", Identity(Console.Error)),
        ("gradient mode", $"{torch.is_grad_enabled()} {torch.is_inference_mode_enabled()}"),
        ("default type of numbers", $"{torch.get_default_dtype()}"),
        ("number of threads", $"{torch.get_num_threads()} {torch.get_num_interop_threads()}"),
        ("dispose scope", OuterScope()),
    ];

    // Cultures of one name may write numbers in two ways.
    private static string Words(CultureInfo? culture) => culture is null ? "none" : $"{culture.Name} {(-1234.5).ToString("N1", culture)}";

    private static string? Folder()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? Target(int descriptor) => new FileInfo($"{Descriptors}/{descriptor}").LinkTarget;

    private static string Identity(object console) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(console).ToString(CultureInfo.InvariantCulture);

    private static string OuterScope()
    {
        var before = DisposeScopeManager.Statistics.TensorStatistics.CreatedInScopeCount;
        using var probe = torch.empty(0);
        return DisposeScopeManager.Statistics.TensorStatistics.CreatedInScopeCount == before ? "none" : "one";
    }

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => $"{pair.Value}");
}
