using System.Globalization;
using Dfx.Data;
using Dfx.Data.Folders;
using Dfx.Data.Recipes;
using Dfx.Data.Weights;
using Spectre.Console;

namespace Dfx.Harness.Commands.Data;

/// <summary><c>dfx data add ID PATH</c>: takes in what the user has.</summary>
internal static class DataAdd
{
    internal static int Run(Request request, string root, TextWriter output, CancellationToken cancellation)
    {
        if (KnownData.Weights(request.Id) is { } weights)
        {
            return AddWeights(weights, request, root, output, cancellation);
        }

        if (request.Id == KnownData.FashionMnist)
        {
            throw new UsageException("fashion-mnist is read where it lies: apt-get install dataset-fashion-mnist, or give its folder as the dataset's path in the matrix.");
        }

        if (request.Images.Size is < 1 or > 4096)
        {
            throw new UsageException($"--size is {request.Images.Size}; expected 1 to 4096");
        }

        if (request.Images.Parts != ImageParts.Folders && request.Id != KnownData.Images)
        {
            throw new UsageException($"--parts is for images; {request.Id} has the parts that its publisher or its documentation gives it");
        }

        Pack(KnownData.Recipe(request.Id, request.Images) ?? throw KnownData.Unknown(request.Id), request, root, output, cancellation);
        return 0;
    }

    /// <summary>Packs a dataset and says what came of it.</summary>
    internal static void Pack(Recipe recipe, Request request, string root, TextWriter output, CancellationToken cancellation)
    {
        // A live line makes room for text of Spectre's own console alone.
        var live = !Console.IsOutputRedirected;
        Action<string> say = live ? line => AnsiConsole.WriteLine(VisibleText.Of(line)) : output.WriteLine;
        var facts = StepDisplay.Run(output, live, watch => Adding.Add(
            recipe, request.Path, root, new(request.Any, request.Threads, watch, intake => IntakeText.Write(say, intake)), cancellation));
        var path = DataFolder.Pack(root, recipe.Name);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{recipe.Id}: {facts.Train} training and {facts.Test} test images, {facts.Shape}, {recipe.Facts}; in {path}"));
    }

    private static int AddWeights(PublishedWeights weights, Request request, string root, TextWriter output, CancellationToken cancellation)
    {
        var hash = StepDisplay.Run(output, !Console.IsOutputRedirected, watch =>
            WeightFiles.Add(weights, request.Path, root, request.Any, watch, cancellation));
        var what = weights.Sha256 is null ? $"{weights.File} has no published hash: results will carry this one"
            : hash == weights.Sha256 ? weights.File : "another file than the published one: results will carry its hash";
        output.WriteLine($"{weights.Id}: SHA-256 {hash}, {what}; in {DataFolder.Weights(root, weights.Id)}");
        return 0;
    }

    /// <summary>What the command line asks.</summary>
    internal sealed record Request(string Id, string Path, bool Any, int Threads, ImagesOptions Images);
}
