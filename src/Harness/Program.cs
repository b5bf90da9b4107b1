using System.CommandLine;
using Dfx.Harness.Commands;

var root = new RootCommand(
    """
    Dfx compares diffusion-model methods.

    The launcher ./dfx adds two verbs of its own:
      ./dfx test     builds everything and runs all tests
      ./dfx bench    runs the benchmarks, beside eager PyTorch where it is installed

    Example: ./dfx doctor
    """)
{
    DoctorCommand.Create(),
};

return root.Parse(args).Invoke();
