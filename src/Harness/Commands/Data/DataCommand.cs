using System.CommandLine;
using Dfx.Data;
using Dfx.Data.Folders;

namespace Dfx.Harness.Commands.Data;

/// <summary><c>dfx data</c>: what datasets and published weights are on this machine, and how they get there.</summary>
internal static class DataCommand
{
    /// <summary>The data folder of this machine.</summary>
    internal static string Root => DataFolder.Root(CacheFolder.Of("data"));

    internal static Command Create() => new(
        "data",
        """
        Lists, fetches, adds and verifies datasets and published weights.

        They lie in the folder DFX_DATA, else in 'data' of the cache folder.

        Example: ./dfx data list
        """)
    {
        List(), Fetch(), Add(), Verify(),
    };

    private static Command List()
    {
        var command = new Command("list", "Lists datasets and weights: what is there, and how to get what is not.\n\nExample: ./dfx data list");
        command.SetAction(_ => Fault.Guard(() => DataListing.Write(Console.Out, Root), Console.Error));
        return command;
    }

    private static Command Fetch()
    {
        var id = new Argument<string>("ID") { Description = "The dataset." };
        var command = new Command("fetch", "Gets a dataset that its publisher offers to everybody.\n\nExample: ./dfx data fetch emoji-32") { id };
        command.SetAction((parsed, cancellation) => DataFault.Guard(() => DataFetch.Run(parsed.GetValue(id)!, Root, Console.Out, cancellation)));
        return command;
    }

    private static Command Add()
    {
        var id = new Argument<string>("ID") { Description = "The dataset or the weights: ./dfx data list names them." };
        var path = new Argument<string>("PATH") { Description = "A folder or an archive of a dataset (zip, tar, tar.gz); a file of weights." };
        var any = new Option<bool>("--any") { Description = "Take another number of images, or another file of weights, than the published one." };
        var name = new Option<string>("--name") { Description = "For images: a name for them.", DefaultValueFactory = _ => ImagesOptions.DefaultName };
        var size = new Option<int?>("--size") { Description = "For images: resize the largest centred square to this side in pixels." };
        var labels = new Option<bool>("--labels") { Description = "For images: they have classes, those of a dataset.json (StyleGAN's and EDM's tools write it), or else their folders." };
        var parts = new Option<ImageParts>("--parts")
        {
            Description = "For images: 'folders' named train, test, val and the like are the parts; with 'hash' they are not, and a hash decides.",
        };
        var threads = new Option<int>("--threads") { Description = "How many images are decoded at once; 0 for all processors." };
        var command = new Command("add", "Takes in a dataset or weights that you have.\n\nExample: ./dfx data add cifar10 cifar-10-python.tar.gz")
        {
            id, path, any, name, size, labels, parts, threads,
        };
        command.SetAction((parsed, cancellation) => DataFault.Guard(() => DataAdd.Run(
            new(
                parsed.GetValue(id)!, parsed.GetValue(path)!, parsed.GetValue(any), parsed.GetValue(threads),
                new(parsed.GetValue(name)!, parsed.GetValue(size), parsed.GetValue(labels), parsed.GetValue(parts))),
            Root, Console.Out, cancellation)));
        return command;
    }

    private static Command Verify()
    {
        var ids = new Argument<string[]>("ID") { Arity = ArgumentArity.ZeroOrMore, Description = "Datasets and weights; all that are there if left out." };
        var command = new Command("verify", "Reads every byte again and compares checksums: 0 if all is as it was written, 1 if not.\n\nExample: ./dfx data verify emoji-32") { ids };
        command.SetAction((parsed, cancellation) => DataFault.Guard(() => DataVerify.Run(parsed.GetValue(ids) ?? [], Root, Console.Out, cancellation)));
        return command;
    }
}
