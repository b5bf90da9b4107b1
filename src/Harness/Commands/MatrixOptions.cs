using System.CommandLine;

namespace Dfx.Harness.Commands;

/// <summary>What <c>run</c> and <c>plan</c> have in common on the command line.</summary>
internal sealed class MatrixOptions
{
    internal Argument<string> Matrix { get; } = new("MATRIX") { Description = "The matrix file, such as matrices/smoke.yaml." };

    internal Option<string> Results { get; } = new("--results")
    {
        Description = "The folder that holds a results folder for each matrix.",
        DefaultValueFactory = _ => "results",
    };

    internal Option<string> Device { get; } = new("--device")
    {
        Description = "cpu, cuda, or GPUs by their indices, such as cuda:0,1: each has workers of its own.",
        DefaultValueFactory = _ => "cpu",
    };

    internal Option<string[]> Plugins { get; } = new("--plugins")
    {
        Description = "Folders to look for plugins in, instead of plugins/ and artifacts/plugins/ of the checkout.",
        AllowMultipleArgumentsPerToken = true,
    };

    internal void AddTo(Command command)
    {
        command.Arguments.Add(Matrix);
        command.Options.Add(Results);
        command.Options.Add(Device);
        command.Options.Add(Plugins);
    }
}
