using System.Diagnostics;
using System.Globalization;

namespace Dfx.EndToEnd;

/// <summary>A folder of one's own with a cache, plugins and results, and the program to run on it.</summary>
internal sealed class Desk : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    internal Desk()
    {
        Folder = Directory.CreateTempSubdirectory("dfx-test-").FullName;
        Directory.CreateDirectory(Plugins);
    }

    /// <summary>Whether the folder stays, for somebody to look at.</summary>
    internal bool Stays { get; set; }

    internal string Folder { get; }

    internal string Plugins => Path.Combine(Folder, "plugins");

    internal string Results => Path.Combine(Folder, "results");

    internal string Cache => Path.Combine(Folder, "cache");

    /// <summary>The checkout.</summary>
    internal static string Root { get; } = Checkout(AppContext.BaseDirectory);

    /// <summary>What was fetched before, and need not be again.</summary>
    private static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
        ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Drops a plugin in, as a user would.</summary>
    internal Desk With(params ReadOnlySpan<string> plugins)
    {
        foreach (var name in plugins)
        {
            var built = name.StartsWith("Dfx.", StringComparison.Ordinal) ? Path.Combine(Artifacts, "plugins", name) : Path.Combine(Artifacts, "test-plugins", name);
            var target = Directory.CreateDirectory(Path.Combine(Plugins, name)).FullName;
            foreach (var file in Directory.EnumerateFiles(built))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
            }
        }

        return this;
    }

    /// <summary>Writes a file of the folder; its path.</summary>
    internal string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Starts the program.</summary>
    internal Process Start(params ReadOnlySpan<string> arguments) => Start([], arguments);

    /// <summary>Starts the program by another one, such as <c>prlimit</c> with its options.</summary>
    internal Process Start(IReadOnlyList<string> through, params ReadOnlySpan<string> arguments) =>
        Dotnet(Folder, ("DFX_CACHE", Cache), through, [Path.Combine(Artifacts, "bin", "Harness", "release", "dfx.dll"), .. arguments]);

    /// <summary>Runs the program to its end.</summary>
    internal Outcome Dfx(params ReadOnlySpan<string> arguments) => End(Start(arguments));

    /// <summary>Builds a plugin's project in a folder outside of the checkout, as a user would.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="root">What it takes for the checkout.</param>
    // Build servers would outlive the test and hold on to its pipes.
    internal static Outcome Build(string folder, string root) =>
        End(Dotnet(folder, ("DFX_ROOT", root), [], ["build", "-c", "Release", "--nologo", "--disable-build-servers"]));

    /// <summary>Runs the SDK in this folder, with settings and templates of its own, as a user who writes a plugin does.</summary>
    internal Outcome Sdk(params ReadOnlySpan<string> arguments) =>
        End(Dotnet(Folder, ("DFX_ROOT", Root), ["env", $"DOTNET_CLI_HOME={Path.Combine(Folder, "home")}", $"NUGET_PACKAGES={Packages}", "DOTNET_NOLOGO=1"], arguments));

    /// <summary>Runs a matrix of this folder with its plugins.</summary>
    internal Outcome Run(string matrix, params ReadOnlySpan<string> more) => Dfx(["run", matrix, "--plugins", Plugins, .. more]);

    /// <summary>Processes that work for this folder: those whose environment names its cache.</summary>
    internal IReadOnlyList<int> Processes() => Processes(id => Read(id, "environ").Contains(Folder, StringComparison.Ordinal));

    /// <summary>Processes whose command line begins so, with a zero byte between arguments.</summary>
    internal static IReadOnlyList<int> ProcessesOf(string command) => Processes(id => Read(id, "cmdline").StartsWith(command, StringComparison.Ordinal));

    /// <summary>The children of a process: each belongs to the thread that started it. None if it is gone.</summary>
    internal static IReadOnlyList<int> Children(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task"))
                .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>The records of a results folder whose jobs ended well, with their content: none of them may ever change.</summary>
    internal static Dictionary<string, string> FinishedRecords(string results)
    {
        var folder = Path.Combine(results, "records");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Select(path => (Path: path, Text: File.ReadAllText(path)))
                .Where(record => record.Text.Contains("\"status\": \"ok\"", StringComparison.Ordinal))
                .ToDictionary(record => record.Path, record => record.Text)
            : [];
    }

    private static IReadOnlyList<int> Processes(Func<int, bool> wanted) => [.. Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && wanted(id))];

    public void Dispose()
    {
        if (!Stays)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static Process Dotnet(string folder, (string Name, string Value) variable, IReadOnlyList<string> through, params ReadOnlySpan<string> arguments)
    {
        // A test run in the background of a script ignores Ctrl-C, and what it starts would too.
        var info = new ProcessStartInfo("env", ["--default-signal=INT", .. through, "dotnet"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment[variable.Name] = variable.Value;
        return Process.Start(info)!;
    }

    /// <summary>Waits for a program to end.</summary>
    internal static Outcome End(Process started)
    {
        using var process = started;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        Assert.That(process.WaitForExit(s_patience), Is.True, "the program did not end");
        return new(process.ExitCode, output.Result, errors.Result);
    }

    private static string Read(int process, string file)
    {
        try
        {
            // A zombie has an empty environment: it only waits to be counted.
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Checkout(string folder) =>
        File.Exists(Path.Combine(folder, "Dfx.sln")) ? folder : Checkout(Path.GetDirectoryName(folder)!);
}

/// <summary>How a run of the program ended.</summary>
internal sealed record Outcome(int Code, string Output, string Errors);
