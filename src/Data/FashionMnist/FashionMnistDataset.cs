using System.Text;
using Dfx.Data.Idx;
using Dfx.Sdk;

namespace Dfx.Data.FashionMnist;

/// <summary>
/// 60 000 training and 10 000 test images of clothing in ten classes, grey, 28x28 (Xiao, Rasul and Vollgraf, "Fashion-MNIST: a Novel Image
/// Dataset for Benchmarking Machine Learning Algorithms", 2017).
/// </summary>
[Dataset("fashion-mnist", "Fashion-MNIST", Paper = "Xiao, Rasul, Vollgraf, 2017")]
public sealed class FashionMnistDataset : IDataset
{
    private static readonly string[] s_classes =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private readonly int _size;

    /// <summary>The dataset with its parameters.</summary>
    /// <param name="options">The side of the images.</param>
    /// <exception cref="ArgumentException">The side is neither 28 nor 14.</exception>
    public FashionMnistDataset(FashionMnistOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _size = options.Size is FashionMnistOptions.FullSize or FashionMnistOptions.HalfSize
            ? options.Size
            : throw new ArgumentException($"fashion-mnist: size is {options.Size}; expected 28 or 14", nameof(options));
    }

    /// <inheritdoc/>
    public string Fingerprint(DataContext context)
    {
        var folder = Folder(context);
        foreach (var file in FashionMnistFiles.All)
        {
            folder.Verify(file);
        }

        // What was verified is the pinned content, so the pins stand for it.
        var facts = string.Join('\n', [$"fashion-mnist {_size}", .. FashionMnistFiles.All.Select(file => file.Sha256)]);
        return PinnedFile.Hash(Encoding.UTF8.GetBytes(facts));
    }

    /// <inheritdoc/>
    public IDataSource Open(DataContext context)
    {
        var folder = Folder(context);
        var train = Part(folder, FashionMnistFiles.TrainImages, FashionMnistFiles.TrainLabels);
        var test = Part(folder, FashionMnistFiles.TestImages, FashionMnistFiles.TestLabels);
        return new ByteImageSource(new(1, _size, _size), s_classes, train, test);
    }

    /// <summary>Reads every byte of the four files, and of copies that were unpacked before, and compares them with what was published.</summary>
    /// <exception cref="DataUnavailableException">A byte differs.</exception>
    internal static void Verify(string path, string cache)
    {
        var folder = new PinnedFolder(path, cache, FashionMnistFiles.Remedy);
        foreach (var file in FashionMnistFiles.All)
        {
            folder.VerifyCopy(file);
            _ = folder.Read(file);
        }
    }

    private ByteImages Part(PinnedFolder folder, PinnedFile images, PinnedFile labels)
    {
        var pixels = folder.Read(images).Data;
        var sized = _size == FashionMnistOptions.FullSize ? pixels : HalfSize.Of(pixels.Span, FashionMnistOptions.FullSize);
        return new(sized, folder.Read(labels).Data);
    }

    private static PinnedFolder Folder(DataContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var folder = context.Path ?? FashionMnistFiles.Folder(DataFolder.Root(context.CacheFolder));
        return Directory.Exists(folder)
            ? new(folder, context.CacheFolder, FashionMnistFiles.Remedy)
            : throw new DataUnavailableException($"{folder}: no such folder. {FashionMnistFiles.Remedy}");
    }
}
