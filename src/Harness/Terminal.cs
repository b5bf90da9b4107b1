using Spectre.Console;

namespace Dfx.Harness;

/// <summary>The process's standard output and error, through which no text commands a terminal but the display's own.</summary>
internal static class Terminal
{
    private const string ShowCursor = "\e[?25h";

    /// <summary>From here on what is printed shows its control characters. The live display keeps the output as it is: its colours are such characters.</summary>
    internal static void Guard()
    {
        var (output, errors) = (Console.Out, Console.Error);
        AnsiConsole.Console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) });
        Console.SetOut(new VisibleWriter(output));
        Console.SetError(new VisibleWriter(errors));
    }

    /// <summary>A last line from a process that ends in the middle of its work; a live display has hidden the cursor.</summary>
    internal static void SayLast(string line)
    {
        if (!Console.IsOutputRedirected)
        {
            using var output = Console.OpenStandardOutput();
            output.Write(System.Text.Encoding.ASCII.GetBytes(ShowCursor));
        }

        Console.Error.WriteLine(line);
    }
}
