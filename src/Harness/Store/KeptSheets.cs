namespace Dfx.Harness.Store;

/// <summary>What names the rows and columns of an analysis' pictures, beside them in its folder of artifacts.</summary>
internal sealed record KeptSheets(IReadOnlyList<KeptSheet> Sheets)
{
    internal const string FileName = "sheets.json";

    private const string Before = "sheet-";
    private const string After = ".png";

    /// <summary>The file of a sheet's picture.</summary>
    internal static string PictureOf(string sheet) => Before + sheet + After;

    internal static bool IsPicture(string file) => file.StartsWith(Before, StringComparison.Ordinal) && file.EndsWith(After, StringComparison.Ordinal);
}

/// <summary>A sheet of pictures: its file has all images side by side, without a gap.</summary>
/// <param name="Name">Kebab-case.</param>
/// <param name="Title">What it shows.</param>
/// <param name="ColumnTitle">What the columns differ in; may be empty.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The names of the rows.</param>
/// <param name="Width">Of an image, in pixels of the file.</param>
/// <param name="Height">The same.</param>
internal sealed record KeptSheet(
    string Name, string Title, string ColumnTitle, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows, int Width, int Height);
