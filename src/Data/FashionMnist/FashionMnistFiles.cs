using Dfx.Data.Idx;

namespace Dfx.Data.FashionMnist;

/// <summary>The four published files.</summary>
internal static class FashionMnistFiles
{
    /// <summary>Where Debian's package puts them.</summary>
    public const string PackageFolder = "/usr/share/datasets/fashion-mnist";

    /// <summary>The name of their folder in the data folder, where <c>dfx pack</c> puts them.</summary>
    public const string FolderName = "fashion-mnist";

    /// <summary>How to get them.</summary>
    public const string Remedy =
        "Install Debian's package (apt-get install dataset-fashion-mnist), or give the path of a folder with the four IDX files, .gz or not.";

    public static readonly PinnedFile TrainImages =
        new("train-images-idx3-ubyte", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888", 47_040_016);

    public static readonly PinnedFile TrainLabels =
        new("train-labels-idx1-ubyte", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9", 60_008);

    public static readonly PinnedFile TestImages =
        new("t10k-images-idx3-ubyte", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b", 7_840_016);

    public static readonly PinnedFile TestLabels =
        new("t10k-labels-idx1-ubyte", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34", 10_008);

    public static readonly IReadOnlyList<PinnedFile> All = [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>Where they are unless a path is given: in the data folder, else where Debian's package puts them.</summary>
    /// <param name="root">The data folder.</param>
    public static string Folder(string root) => Path.Combine(root, FolderName) is var own && Directory.Exists(own) ? own : PackageFolder;

    /// <summary>The paths of those that are there, packed or not.</summary>
    /// <param name="root">The data folder.</param>
    public static IEnumerable<string> Present(string root) => All
        .Select(file => Path.Combine(Folder(root), file.Name))
        .Select(path => File.Exists(path) ? path : path + ".gz")
        .Where(File.Exists);
}
