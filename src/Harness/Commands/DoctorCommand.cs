using System.CommandLine;
using Dfx.Harness.Doctor;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx doctor</c>: what is installed, which libtorch, which device, what is missing and how to get it.</summary>
internal static class DoctorCommand
{
    internal static Command Create()
    {
        var command = new Command("doctor", "Says what this machine has, what is missing and how to get it.\n\nExample: ./dfx doctor");
        command.SetAction(_ => Run(Console.Out));
        return command;
    }

    /// <summary>Writes one line a finding; 1 if something that Dfx needs is missing.</summary>
    internal static int Run(TextWriter output)
    {
        var findings = Examination.All().ToList();
        foreach (var finding in findings)
        {
            output.WriteLine($"{Mark(finding.State)}  {finding.Subject,-16}  {finding.Text}");
            if (finding.Remedy is { } remedy)
            {
                output.WriteLine($"      {"",-16}  → {remedy}");
            }
        }

        return findings.Exists(f => f.State == State.Missing) ? 1 : 0;
    }

    private static string Mark(State state) => state switch
    {
        State.Ok => "ok  ",
        State.Note => "note",
        State.Warning => "warn",
        _ => "MISS",
    };
}
