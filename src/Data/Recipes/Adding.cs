using Dfx.Data.Archives;
using Dfx.Data.Packing;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>Brings a dataset into the data folder: all of it at once, or nothing.</summary>
internal static class Adding
{
    /// <summary>Packs what the user named and puts it where the dataset looks for it.</summary>
    /// <returns>What the packed file says.</returns>
    /// <exception cref="DataUnavailableException">The files are not what the dataset needs; the message names what is wrong.</exception>
    /// <exception cref="IOException">The data folder cannot be written.</exception>
    public static PackFacts Add(Recipe recipe, string path, string root, AddOptions options, CancellationToken cancellation) =>
        Pack(recipe, path, root, DataFolder.Pack(root, recipe.Name), options, cancellation);

    /// <summary>Packs what the user named into a file.</summary>
    /// <inheritdoc cref="Add"/>
    public static PackFacts Pack(Recipe recipe, string path, string root, string target, AddOptions options, CancellationToken cancellation)
    {
        using var scratch = Scratch.In(root);
        options.Watch?.Invoke(new("reading", 0, 0));
        var unpacked = Directory.CreateDirectory(scratch.File("unpacked")).FullName;
        var files = SourceFiles.Open(path, unpacked, recipe.Wanted, cancellation);
        using var source = Opened(recipe, files, options.AnyCount);
        options.Told?.Invoke(Intake.Of(path, source));
        var packed = scratch.File("packed");
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var facts = new Packer(threads, options.Watch ?? (_ => { }), cancellation).Write(packed, path, recipe, source);
        Scratch.Publish(packed, target);
        return facts;
    }

    private static IPixelSource Opened(Recipe recipe, ISourceFiles files, bool anyCount)
    {
        try
        {
            return recipe.Open(files, anyCount);
        }
        catch (InvalidDataException error)
        {
            files.Dispose();
            throw new DataUnavailableException($"{files.Origin}: {error.Message}", error);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }
}
