using Dfx.Harness.Commands;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Figures.Samples;
using Dfx.Harness.Reporting.Figures.Vega;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Reporting.Html;
using Dfx.Harness.Reporting.Tables;
using Dfx.Harness.Store;

namespace Dfx.Harness.Tests.Damage;

/// <summary>Whatever is wrong with one file is named, and the rest is reported as if nothing were.</summary>
public sealed class ReaderTests
{
    private const int Seeds = 40;

    [Test]
    public void One_damaged_file_costs_itself_alone([Values] bool checksums, [Range(0, 8)] int file)
    {
        using var whole = new WholeFolder(checksums);
        var path = whole.Files[file];
        var (bytes, expected) = (File.ReadAllBytes(path), Read(whole));
        Assert.That(expected.Complaints, Is.Empty);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var damaged = Damages.Of(bytes, path.EndsWith(".json", StringComparison.Ordinal), new(seed));
            File.WriteAllBytes(path, damaged);
            Check(Read(whole), expected, path, checksums, Damages.Words(path, damaged, seed));
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(damaged), "it is left alone");
        }
    }

    [Test]
    public void A_folder_or_nothing_in_the_place_of_a_file_is_named([Range(0, 8)] int file)
    {
        using var whole = new WholeFolder();
        var (path, expected) = (whole.Files[file], Read(whole));
        File.Delete(path);
        Check(Read(whole), expected, path, false, path);
        Directory.CreateDirectory(path);
        Check(Read(whole), expected, path, false, path);
    }

    /// <summary>Every bit of a record as it is written now. Where the name of the checksum itself is hit there is none, and the record is the one that was written.</summary>
    [Test]
    public void No_flipped_bit_of_a_record_becomes_a_result()
    {
        using var whole = new WholeFolder();
        var bytes = File.ReadAllBytes(whole.RecordPath);
        var expected = Words(RecordFiles.Read(whole.Folder, WholeFolder.Cell)!);
        var silent = Enumerable.Range(0, bytes.Length * 8).Where(bit => Checksum.Holds(Flipped(bytes, bit))).ToList();
        Assert.That(silent.Select(bit => bit / 8), Is.All.GreaterThanOrEqualTo(bytes.Length - ",\n  \"checksum\": \"0123456789abcdef\"\n}".Length));
        foreach (var bit in silent)
        {
            File.WriteAllBytes(whole.RecordPath, Flipped(bytes, bit));
            Assert.That(RecordFiles.Read(whole.Folder, WholeFolder.Cell) is { } record ? Words(record) : expected, Is.EqualTo(expected));
        }

        File.WriteAllBytes(whole.RecordPath, Flipped(bytes, 8 * (bytes.Length / 2)));
        List<string> complaints = [];
        Assert.That(RecordFiles.Read(whole.Folder, WholeFolder.Cell, complaints.Add, StoreJson.Slim()), Is.Null);
        Assert.That(complaints, Has.Count.EqualTo(1).And.All.Contains("its bytes are not those that were written"));
    }

    /// <summary>What is left of a checksum is no sign of an earlier host.</summary>
    [TestCase("\"\"")]
    [TestCase("null")]
    [TestCase("5")]
    [TestCase("\"0123\"")]
    public void A_record_with_half_a_checksum_is_damaged(string checksum)
    {
        using var whole = new WholeFolder();
        var text = File.ReadAllText(whole.RecordPath);
        File.WriteAllText(whole.RecordPath, System.Text.RegularExpressions.Regex.Replace(text, "(?<=\"checksum\": )\"[0-9a-f]{16}\"", checksum));
        List<string> complaints = [];
        Assert.That(RecordFiles.Read(whole.Folder, WholeFolder.Cell, complaints.Add), Is.Null);
        Assert.That(complaints.Single(), Does.Contain(whole.RecordPath));
    }

    /// <summary>A name that is no text: half of a surrogate pair.</summary>
    [Test]
    public void A_manifest_with_a_name_that_is_no_text_is_damaged()
    {
        using var whole = new WholeFolder(checksums: false);
        File.WriteAllText(whole.Folder.ManifestPath, File.ReadAllText(whole.Folder.ManifestPath).Replace("\"format\"", "\"format\\ud800\"", StringComparison.Ordinal));
        Assert.That(() => whole.Folder.ReadManifest(), Throws.TypeOf<UsageException>().With.Message.Contains("is damaged"));
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static string Words(JobRecord record) => System.Text.Json.JsonSerializer.Serialize(record, StoreJson.Default.JobRecord);

    private static void Check(Seen seen, Seen expected, string path, bool checksums, string words)
    {
        var key = Path.GetFileName(Path.GetDirectoryName(path)) == "records" ? Path.GetFileNameWithoutExtension(path) : "\0";
        var own = path.EndsWith("manifest.json", StringComparison.Ordinal);
        if (seen.Refused is { } message)
        {
            Assert.That((own, message), Is.EqualTo((true, message)), words);
            Assert.That(message, Does.Contain(Path.GetFileName(path)), words);
            return;
        }

        // A manifest without a checksum may name any cells.
        if (!own || checksums)
        {
            Assert.That(Others(seen.Cells, key), Is.EqualTo(Others(expected.Cells, key)), words);
        }

        if (checksums && !seen.SameAs(expected))
        {
            Assert.That(seen.Complaints, Has.Some.Contains(Path.GetFileName(path)), words);
        }
    }

    private static IEnumerable<string> Others(IEnumerable<string> rows, string key) => rows.Where(row => !row.Contains(key, StringComparison.Ordinal));

    private static Seen Read(WholeFolder whole)
    {
        var (folder, complaints) = (whole.Folder, new List<string>());
        try
        {
            var manifest = OpenResults.ManifestOf(folder, complaints.Add);
            var results = Results.Read(folder, manifest, complaints.Add);
            var definitions = DefinitionSet.Read(folder.Definitions);
            complaints.AddRange(definitions.Problems);
            var evaluated = Evaluated.Of(results, definitions);
            Write(folder, evaluated);
            var figures = FigureList.Of(results, [.. results.Analyses.Where(a => a.Rows.Count > 0).Select(CurveTable.Of)]);
            var specs = figures.Select(figure => VegaLite.Text(figure) + FigureData.Render(figure)).ToList();
            var sheets = new AnalysisSheets(folder, complaints.Add).Read(results);
            _ = ReportPage.Render(new() { Board = evaluated.Board, Manifest = manifest, Figures = figures, Sheets = sheets, Claims = evaluated.Claims }, ["script"]);
            _ = RunningState.Read(folder, complaints.Add);
            return new(File.ReadAllLines(folder.CellsPath), [.. results.Analyses.Select(a => $"{a.Status} {a.Rows.Count}"), .. sheets.Select(sheet => sheet.Title), .. specs], complaints, null);
        }
        catch (UsageException e)
        {
            return new([], [], complaints, e.Message);
        }
    }

    /// <summary>Every form of every table.</summary>
    private static void Write(ResultsFolder folder, Evaluated evaluated)
    {
        var (board, results) = (evaluated.Board, evaluated.Board.Results);
        CellsCsv.Write(folder.CellsPath, results);
        LeaderboardCsv.Write(folder.LeaderboardPath, board);
        foreach (var grid in LeaderboardGrid.Of(board, 100))
        {
            _ = MarkdownGrid.Render(grid) + LatexGrid.Render(grid);
        }

        foreach (var (_, filled) in evaluated.Tables)
        {
            _ = TableText.Csv(filled) + TableText.Markdown(filled, results) + TableText.Latex(filled, results);
        }

        _ = ClaimsText.Markdown(results, evaluated.Claims) + CsvFile.Render(ClaimsCsv.Header, ClaimsCsv.Rows(evaluated.Claims));
    }

    /// <summary>What a reader sees of a folder.</summary>
    private sealed record Seen(IReadOnlyList<string> Cells, IReadOnlyList<string> Others, IReadOnlyList<string> Complaints, string? Refused)
    {
        internal bool SameAs(Seen other) => Cells.SequenceEqual(other.Cells) && Others.SequenceEqual(other.Others);
    }
}
