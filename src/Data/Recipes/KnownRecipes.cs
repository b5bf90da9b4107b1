using System.Globalization;
using Dfx.Data.Cifar;
using Dfx.Data.Emoji;
using Dfx.Data.Folders;

namespace Dfx.Data.Recipes;

/// <summary>Every packed dataset's recipe.</summary>
internal static class KnownRecipes
{
    public static readonly Recipe Emoji = new("emoji-32", "laid on white, means of 2x2 pixels; parts by hash of the base character", "./dfx data fetch emoji-32 gets it.")
    {
        Open = (files, any) => new ImageSource(files, new() { Size = 32, Uniform = true }, EmojiList.Of(files, any)),
        Wanted = EmojiList.Wanted,
    };

    public static readonly Recipe Cifar10 = new("cifar10", "as published", Added("cifar10", "cifar-10-python.tar.gz or cifar-10-binary.tar.gz"))
    {
        Open = (files, any) => new CifarSource(files, any),
        Wanted = CifarSource.Wanted,
    };

    public static readonly Recipe CelebA64 = Folder("celeba64", "centred 140x140, resized to 64x64 by area", "img_align_celeba.zip", new()
    {
        Size = 64,
        Crop = 140,
        Published = (178, 218),
        Partition = true,
        Counts = [202_599],
    });

    public static readonly Recipe CelebAHq256 = Folder("celebahq256", "resized to 256x256 by area", "a folder or archive of the 30 000 images", new()
    {
        Size = 256,
        Uniform = true,
        Counts = [30_000],
    });

    public static readonly Recipe Ffhq256 = Folder("ffhq256", "resized to 256x256 by area", "a folder or archive of the 70 000 images", new()
    {
        Size = 256,
        Uniform = true,
        Counts = [70_000],
    });

    public static readonly Recipe AfhqV2 = Folder("afhqv2-64", "resized to 64x64 by area", "afhq_v2.zip", new()
    {
        Size = 64,
        Uniform = true,
        Labels = true,
        Counts = [15_803],
    });

    public static readonly Recipe ImageNet256 = ImageNet(256);

    public static readonly Recipe ImageNet512 = ImageNet(512);

    /// <summary>All that have one recipe.</summary>
    public static IReadOnlyList<Recipe> All { get; } = [Emoji, Cifar10, CelebA64, CelebAHq256, Ffhq256, AfhqV2, ImageNet256, ImageNet512];

    /// <summary>The recipe of a user's own images.</summary>
    public static Recipe Images(ImagesOptions options)
    {
        var size = options.Size is { } side ? Resized(side) : "as they are";
        var hash = options.Parts == ImageParts.Hash;
        var facts = size + (options.Labels ? "; folders are classes" : "") + (hash ? "; parts by hash alone" : "");
        var asked = (options.Size is { } s ? string.Create(CultureInfo.InvariantCulture, $" --size {s}") : "")
            + (options.Labels ? " --labels" : "") + (hash ? " --parts hash" : "");
        var name = IsName(options.Name)
            ? options.Name
            : throw new ArgumentException($"images: the name is '{options.Name}'; expected letters, digits, '-' and '_'", nameof(options));
        var recipe = Folder("images", facts, $"--name {name}{asked} FOLDER", new()
        {
            Size = options.Size,
            Labels = options.Labels,
            PartsByHash = hash,
            WayOut = ", or say that these folders are no parts: --parts hash (in a matrix: with: { parts: hash })",
        });
        return recipe with { Name = name == ImagesOptions.DefaultName ? name : $"images-{name}", PartsByHash = hash };
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static Recipe ImageNet(int side)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"imagenet{side}");
        return Folder(id, Resized(side), "the folder of ILSVRC 2012 with train/ and val/", new()
        {
            Size = side,
            Enlarge = true,
            Labels = true,
            Counts = [1_281_167, 1_331_167],
        });
    }

    private static string Resized(int side) => string.Create(CultureInfo.InvariantCulture, $"the largest centred square, resized to {side}x{side} by area");

    private static Recipe Folder(string id, string facts, string what, ImageRules rules) => new(id, facts, Added(id, what))
    {
        Open = (files, any) => new ImageSource(files, rules, ImageListing.Of(files, rules, any)),
        Beside = rules.Partition ? CelebPartition.Beside : _ => [],
    };

    private static string Added(string id, string what) => $"./dfx data add {id} PATH brings it: PATH is {what}.";
}
